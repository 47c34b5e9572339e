"""All PDF standards by name. A new one is a new file with a table of its own, merged here."""

from __future__ import annotations

from collections.abc import Mapping

from fascicle.pdf.standards import pdfa, pdfua, pdfx
from fascicle.pdf.standards.standard import PLAIN, Standard

STANDARDS: Mapping[str, Standard] = {PLAIN.name: PLAIN, **pdfa.STANDARDS, **pdfua.STANDARDS, **pdfx.STANDARDS}
"""Every standard that an edition can ask for."""
