"""Step 1: read the project's files into one validated publication."""
