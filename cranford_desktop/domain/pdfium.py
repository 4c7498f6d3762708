"""One at a time: PDFium, which reads finished PDFs, must never be entered by two threads at once."""

import threading

PDFIUM = threading.RLock()
"""Held around every call into PDFium, for one page at most. It guards the library, of which a process has one."""
