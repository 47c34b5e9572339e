"""What a publication is handed on as: packages for journals, Word, JATS, and records of the work itself."""
