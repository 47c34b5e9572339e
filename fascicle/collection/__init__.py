"""Collections: issues of journals, proceedings, books and backlists, made of publications that stay as they are."""
