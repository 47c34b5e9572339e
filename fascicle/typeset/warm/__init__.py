"""What is typeset or loaded before it is needed."""
