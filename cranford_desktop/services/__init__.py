"""What the clerk does; one module for each thing she would name."""
