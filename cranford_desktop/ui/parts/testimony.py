"""One message with everything its exports say of it, beside the conversation: versions, each phone's own line."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QScrollArea, QVBoxLayout

from cranford_desktop.domain.messages import MessageDetail, Observation
from cranford_desktop.domain.people import plain_name
from cranford_desktop.services.browsing import Browsing
from cranford_desktop.ui.parts.chat_lines import shown_text
from cranford_desktop.ui.parts.controls import button
from cranford_desktop.ui.parts.labels import Elided, fact, say
from cranford_desktop.ui.parts.layouts import Item, col, frame, page, row, rule
from cranford_desktop.ui.parts.message_differences import differences, seen_words, shown_by, time_words
from cranford_desktop.ui.parts.wording import count, moment_words


class TestimonyPanel(QFrame):
	"""What the exports say of one message; it follows the message that is read. `closed` when she is done with it."""

	closed = Signal()

	def __init__(self, browsing: Browsing) -> None:
		super().__init__()
		self._browsing = browsing
		self.message_id = 0
		self._holder = QVBoxLayout()
		self._holder.setContentsMargins(0, 0, 0, 0)
		self.close_button = button("", "quiet", "dismiss", name="Close (Esc)")
		self.close_button.clicked.connect(self.closed)
		head = frame(
			row(Elided("What the phones show", "head"), None, self.close_button, gap=8, pad=(16, 8, 8, 8)), "pane"
		)
		self.setProperty("kind", "pane")
		self.setLayout(col(head, rule(), (self._holder, 1), gap=0))
		self._area: QScrollArea | None = None

	def show_message(self, message_id: int) -> None:
		"""Read one message and show all of it; raises `NotFound` where it is gone."""
		self.message_id = message_id
		area = self._page(self._browsing.detail(message_id))
		if self._area is not None:
			self._area.hide()
			self._area.deleteLater()
		self._area = area
		self._holder.addWidget(area)

	def rescale(self) -> None:
		"""Follow the text size: the boxes are measured by their words."""
		if self.message_id:
			self.show_message(self.message_id)

	def keyPressEvent(self, event):
		if event.key() == Qt.Key.Key_Escape:
			self.closed.emit()
			return
		super().keyPressEvent(event)

	def _page(self, detail: MessageDetail) -> QScrollArea:
		message = detail.row
		who = message.sender or "WhatsApp itself"
		if message.role:
			who = f"{who}, {message.role}"
		items: list[Item] = [
			say(who, "strong", wrap=True),
			say(f"{moment_words(message.sent_at)}, in {message.group}", "muted", wrap=True),
			2,
		]
		if shown_text(message):
			items.append(_verbatim(shown_text(message), "What was written"))
		items += [say(one.name, "small", wrap=True) for one in message.attachments if one.name]
		told = differences(detail)
		if told:
			items += [4, say("Where the phones differ", "strong", wrap=True)]
			items += [fact("layer", words) for words in told]
		if len(detail.versions) > 1:
			items += [4, say(f"{count(len(detail.versions), 'wording')} of it are known", "strong", wrap=True)]
			for version in detail.versions:
				where = f"On {shown_by(detail, version)}"
				state = "deleted there" if version.deleted else "edited" if version.edited else ""
				items.append(say(f"{where}{f' – {state}' if state else ''}", "muted", wrap=True))
				items.append(_verbatim(version.raw, f"Wording {where}"))
		items += [4, rule(), say(seen_words(detail.observations), "strong", wrap=True)]
		for seen in detail.observations:
			items += [4, *_one_phone(seen)]
		return page(*items, width=760, gap=4, pad=(16, 12, 16, 12))


def _one_phone(seen: Observation) -> list[Item]:
	"""Return one export's testimony: which, when, who, and its line exactly as it stands there."""
	state = ["deleted there"] if seen.deleted else ["edited"] if seen.edited else []
	state += ["with its photo or file"] if seen.present else []
	state += ["photo or file named or left out"] if seen.present is False else []
	return [
		say(f"{seen.phone}{': ' if state else ''}{', '.join(state)}", "strong", wrap=True),
		say(time_words(seen), "muted", wrap=True),
		say(plain_name(seen.sender) if seen.sender else "No sender: a line by WhatsApp itself", "muted", wrap=True),
		_verbatim(seen.raw, f"The line on {seen.phone}"),
		say(f"Original line: message {seen.order + 1:,} of {seen.export_file}", "small", wrap=True),
	]


def _verbatim(text: str, name: str) -> QPlainTextEdit:
	"""Return words to read and copy, exactly as they are."""
	box = QPlainTextEdit(text)
	box.setReadOnly(True)
	box.setTabChangesFocus(True)
	box.setAccessibleName(name)
	lines = min(7, 1 + text.count("\n") + len(text) // 34)
	box.setFixedHeight(round(box.fontMetrics().lineSpacing() * lines + 24))
	return box
