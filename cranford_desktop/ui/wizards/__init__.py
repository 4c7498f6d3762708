"""Flows that lead through a rare task, page by page."""
