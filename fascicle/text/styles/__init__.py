"""Words that the program writes around works."""
