"""EPUB: the same HTML as a book, with navigation, page list and metadata of accessibility."""
