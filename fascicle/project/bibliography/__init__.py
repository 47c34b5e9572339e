"""The bibliography read and checked."""
