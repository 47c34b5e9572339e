"""CSL items made from the bibliography, and citeproc."""
