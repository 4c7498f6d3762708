"""An export against what the archive holds: whose phone it is, and which of its records are held already."""

from cranford_desktop.ingest.folding import Fold, FoldedExport, FoldedMessage, face_of, fold
from cranford_desktop.ingest.merging import merge
from cranford_desktop.ingest.same_phone import continues

__all__ = ["Fold", "FoldedExport", "FoldedMessage", "continues", "face_of", "fold", "merge"]
