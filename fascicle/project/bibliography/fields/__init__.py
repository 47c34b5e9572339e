"""What a bibliography field holds: TeX and HTML read into pieces of text."""
