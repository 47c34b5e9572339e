"""The command line: its commands, and what it prints."""
