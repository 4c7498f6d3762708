"""Plain data becomes PDF, XLSX and text."""
