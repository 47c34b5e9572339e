"""PDF/A, PDF/UA and PDF/X."""
