"""An export file becomes records, records one history: pure functions over bytes."""
