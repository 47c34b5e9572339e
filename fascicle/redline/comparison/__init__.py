"""Trees compared: what is the same, what came, what went, what is another inside."""
