"""One message with everything its exports say of it: versions, and the line as each phone shows it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QLabel, QPlainTextEdit, QWidget

from cranford_desktop.domain.messages import MessageDetail
from cranford_desktop.domain.people import plain_name
from cranford_desktop.errors import CranfordError
from cranford_desktop.services.council import Council
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.basics import Item, button, col, fact, page, pairs, row, rule, say
from cranford_desktop.ui.parts.chat_lines import shown_text
from cranford_desktop.ui.parts.message_differences import differences, seen_words, shown_by, time_words
from cranford_desktop.ui.parts.wording import count, moment_words


class DetailDialog(QDialog):
	"""Opens on a message; reads once, shows, keeps nothing."""

	def __init__(self, council: Council, detail: MessageDetail, parent: QWidget | None) -> None:
		super().__init__(parent)
		self.setWindowTitle("Message")
		self.setModal(True)
		self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
		done = button("Close", "primary")
		done.setDefault(True)
		done.clicked.connect(self.accept)
		message = detail.row
		who = message.sender or "WhatsApp itself"
		if message.role:
			who = f"{who}, {message.role}"
		items: list[Item] = [
			say(who, "head", wrap=True),
			say(f"{moment_words(message.sent_at)}, in {message.group}", "muted", wrap=True),
			4,
		]
		if shown_text(message):
			items.append(_verbatim(shown_text(message), "What was written"))
		items += self._photos(council, detail)
		told = differences(detail)
		if told:
			items += [4, say("Where the phones differ", "strong", wrap=False)]
			items += [fact("layer", words) for words in told]
		if len(detail.versions) > 1:
			items += [4, say(f"{count(len(detail.versions), 'wording')} of it are known", "strong", wrap=True)]
			for version in detail.versions:
				where = f"On {shown_by(detail, version)}"
				state = "deleted there" if version.deleted else "edited" if version.edited else ""
				items.append(say(f"{where}{f' – {state}' if state else ''}", "muted", wrap=True))
				items.append(_verbatim(version.raw, f"Wording {where}"))
		items += [4, rule(), say(seen_words(detail.observations), "strong", wrap=False)]
		for seen in detail.observations:
			state = ["deleted"] if seen.deleted else ["edited"] if seen.edited else []
			state += ["with its photo or file"] if seen.present else []
			state += ["photo or file named or left out"] if seen.present is False else []
			rows: list[tuple[str, str | QWidget]] = [
				("Phone", f"{seen.phone}{': ' if state else ''}{', '.join(state)}"),
				("Export", f"{seen.export_file}, message {seen.order + 1:,} of it"),
				("Time", time_words(seen)),
				("Sender", plain_name(seen.sender) if seen.sender else "none: a line by WhatsApp itself"),
			]
			items += [2, pairs(rows, 90), _verbatim(seen.raw, f"The line on {seen.phone}")]
		foot = row(None, done, pad=(20, 8, 20, 14))
		self.setLayout(col((page(*items, width=760, gap=6, pad=(20, 16, 20, 8)), 1), rule(), foot, gap=0))
		self.resize(theme.px(660), theme.px(520))

	def _photos(self, council: Council, detail: MessageDetail) -> list[Item]:
		items: list[Item] = []
		for one in detail.row.attachments:
			if one.present and one.id is not None and one.media_type and one.media_type.startswith("image/"):
				picture = QPixmap()
				try:
					picture.loadFromData(council.browsing.thumbnail(one.id, 560))
				except CranfordError as problem:
					items.append(say(f"{one.name}: {problem.what}", "muted", wrap=True))
					continue
				shown = QLabel()
				shown.setPixmap(picture)
				shown.setAccessibleName(f"{one.name}: photo, not described")
				items.append(shown)
			if one.name:
				items.append(say(one.name, "small", wrap=True))
		return items


def _verbatim(text: str, name: str) -> QPlainTextEdit:
	"""Return words to read and copy, exactly as they are."""
	box = QPlainTextEdit(text)
	box.setReadOnly(True)
	box.setTabChangesFocus(True)
	box.setAccessibleName(name)
	lines = min(7, 1 + text.count("\n") + len(text) // 70)
	box.setFixedHeight(round(box.fontMetrics().lineSpacing() * lines + 24))
	return box
