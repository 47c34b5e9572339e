"""The whole collection as one PDF: the pages around the articles, and all of them joined."""
