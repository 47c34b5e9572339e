"""Tables: cells read from CSV files, widths of columns."""
