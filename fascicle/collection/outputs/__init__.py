"""What is made of a collection besides its PDF: other formats, records, pages about it, and whether they agree."""
