"""The seven tabs."""
