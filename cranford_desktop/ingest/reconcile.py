"""An export against what the archive holds: whose phone it is, and which of its records are held already."""

from cranford_desktop.ingest.alignment import Alignment, align
from cranford_desktop.ingest.same_phone import continues

__all__ = ["Alignment", "align", "continues"]
