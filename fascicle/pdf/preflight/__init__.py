"""Step 7: the finished PDF opened again and checked."""
