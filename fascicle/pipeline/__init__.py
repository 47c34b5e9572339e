"""The seven steps joined, from the project's folder to a finished edition."""
