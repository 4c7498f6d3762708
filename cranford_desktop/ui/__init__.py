"""The window: shows what services return, calls what services offer."""
