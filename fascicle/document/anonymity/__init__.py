"""What would name the author of an anonymous edition."""
