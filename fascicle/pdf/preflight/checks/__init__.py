"""One file a subject, each exporting a table of checks; `preflight` puts them in order."""
