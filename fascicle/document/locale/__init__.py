"""The words that the program prints, language by language."""
