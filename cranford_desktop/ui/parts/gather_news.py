"""Above a request: what its searches find by now, for instance since an import; never added by itself."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cranford_desktop.domain.disclosure import Request
from cranford_desktop.ui.parts.controls import button
from cranford_desktop.ui.parts.layouts import clear
from cranford_desktop.ui.parts.patterns import banner
from cranford_desktop.ui.parts.wording import count


def news_words(messages: int) -> str:
	"""Return that so many new messages match the searches of a request."""
	return f"{count(messages, 'new message')} {'matches' if messages == 1 else 'match'} your searches."


class GatherNews(QWidget):
	"""`wanted`: she wants to look at them."""

	wanted = Signal()

	def __init__(self, council, window) -> None:
		"""Take the open council and the window."""
		super().__init__()
		self._council, self._window = council, window
		self._asked = 0
		self.messages = 0
		self._outer = QVBoxLayout(self)
		self._outer.setContentsMargins(24, 12, 24, 0)
		self.hide()

	def show_request(self, request: Request | None) -> None:
		"""Look for news of a request, in the background; say nothing where there is none."""
		self._asked += 1
		asked = self._asked
		self.hide()
		if request is None or request.status == "closed" or not request.candidates:
			return

		def show(news: tuple[int, ...]) -> None:
			if asked != self._asked or not news:
				return
			self.messages = len(news)
			clear(self._outer)
			look = button("Look at them")
			look.clicked.connect(self.wanted)
			self._outer.addWidget(
				banner(
					"info", news_words(len(news)), "They are kept, but not in this request until you add them.", look
				)
			)
			self.show()

		self._window.run(
			"Looking for new messages",
			lambda _progress, _stopped: self._council.gathering.news(request.id),
			show,
			promise="Nothing is added by looking.",
		)
