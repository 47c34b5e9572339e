"""The preview: the pages of a watched edition in the browser."""
