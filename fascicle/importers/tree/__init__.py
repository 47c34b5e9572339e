"""What is done to the tree between reading and writing."""
