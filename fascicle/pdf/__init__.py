"""Steps 6 and 7: finish the PDF and prove what it promises."""
