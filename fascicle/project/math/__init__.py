"""Math held to an allow-list."""
