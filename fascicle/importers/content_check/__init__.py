"""A second, independent count of what a source holds beside its words, held against the result."""
