"""Cranford Desktop: a parish council's WhatsApp records, kept, found, disclosed and erased as its policy says."""

__version__ = "0.1.0"
