"""One at a time: pdfium is not made for threads, and builds, proofs and the preview all use it."""

from __future__ import annotations

import threading

LOCK = threading.RLock()
"""Held by whoever calls pdfium."""
