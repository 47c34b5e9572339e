"""The text of a finished PDF held against the text that was to be printed."""
