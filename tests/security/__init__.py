"""What a hostile manuscript tries, and what comes of it."""
