"""Two versions of a text compared, and what has changed shown in every output."""
