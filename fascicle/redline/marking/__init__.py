"""A comparison as one tree of both versions, with marks, and the list of its changes."""
