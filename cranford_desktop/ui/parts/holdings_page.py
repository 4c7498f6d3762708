"""What we do not hold: what is missing of the council's chats or soon will be, each with its next step."""

from PySide6.QtWidgets import QWidget

from cranford_desktop.services.council import Council
from cranford_desktop.ui.parts.basics import page, say


def holdings_page(council: Council, window) -> QWidget:
	"""Return the page of what is not held."""
	return page(say("What we do not hold", "title"))
