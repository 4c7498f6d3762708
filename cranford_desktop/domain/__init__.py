"""What the words mean: frozen dataclasses and rules."""
