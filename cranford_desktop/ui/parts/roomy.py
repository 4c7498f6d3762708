"""A card that takes the height its wrapped words need at the width it gets."""

from PySide6.QtWidgets import QFrame, QSizePolicy

from cranford_desktop.ui.parts import layouts


def card(*items: layouts.Item, gap: int = 8, pad: layouts.Pad = 16) -> QFrame:
	"""Return a white card for a column that ends in a spring.

	`layouts.card` never grows past its size hint, which for wrapped words is measured at another width than they get.
	"""
	made = layouts.card(*items, gap=gap, pad=pad)
	made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
	return made
