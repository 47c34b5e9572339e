"""The language server: what `check` knows, in the editor, on text that is not saved yet."""
