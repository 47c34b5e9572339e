"""Finished PDFs joined into one: pages, destinations, bookmarks, page labels, structure trees."""
