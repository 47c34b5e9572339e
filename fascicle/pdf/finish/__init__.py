"""Step 6: metadata, page boxes and file id of the finished PDF."""
