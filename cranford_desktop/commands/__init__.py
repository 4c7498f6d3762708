"""`cranford`, the headless door: the same services, for scripts, an IT contractor, an auditor, and tests."""
