"""`collection.yaml`: read, checked, described, written anew."""
