"""Sections: their epigraphs, the numbers and identifiers of their headings."""
