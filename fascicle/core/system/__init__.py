"""Programs outside."""
