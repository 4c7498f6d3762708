"""One council's archive on disk; the only place that knows SQL and the cipher."""
