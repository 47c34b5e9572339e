"""Bibliography files of every format: BibTeX, CSL-JSON, CSL-YAML, RIS."""
