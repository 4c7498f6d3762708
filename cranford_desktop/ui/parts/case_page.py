"""One case: where it stands, what happens next, what has happened so far, and its evidence."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cranford_desktop.domain.cases import Case
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.ask import Ask, lines
from cranford_desktop.ui.parts.case_form import BACK, MessageQuote
from cranford_desktop.ui.parts.case_words import KINDS, STAGES_LATER, ico_words, next_words
from cranford_desktop.ui.parts.controls import button, field, link
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.evidence_dialog import EvidenceDialog
from cranford_desktop.ui.parts.icons import paint_icon
from cranford_desktop.ui.parts.labels import Glyph, chip, say
from cranford_desktop.ui.parts.layouts import Columns, box, clear, col, frame, page, row, rule
from cranford_desktop.ui.parts.patterns import flow_head
from cranford_desktop.ui.parts.roomy import card
from cranford_desktop.ui.parts.wording import count, day_words, local, short_day


class StageTrack(QWidget):
	"""Stages like a parcel: done, here, to come. The words carry it; where they do not fit they stand in a column."""

	def __init__(self, stages: Sequence[tuple[str, str]], here: int) -> None:
		"""Take (name, note) of each stage and the number of the one reached."""
		super().__init__()
		self._stages, self._here = tuple(stages), here
		name, note = self._stages[here]
		self.setAccessibleName(f"Stage {here + 1} of {len(stages)}: {name}, {note}")

	def sizeHint(self) -> QSize:
		return QSize(theme.px(420), theme.px(62))

	def hasHeightForWidth(self) -> bool:
		return True

	def heightForWidth(self, width: int) -> int:
		return theme.px(62) if self._fits(width) else theme.px(34) * len(self._stages)

	def _needs(self) -> list[float]:
		strong, small = QFontMetricsF(theme.font("strong")), QFontMetricsF(theme.font("small"))
		return [max(strong.horizontalAdvance(name), small.horizontalAdvance(note)) for name, note in self._stages]

	def _fits(self, width: int) -> bool:
		return sum(self._needs()) + 20 * (len(self._stages) - 1) <= width

	def paintEvent(self, _event: QPaintEvent) -> None:
		painter = QPainter(self)
		painter.setRenderHint(QPainter.RenderHint.Antialiasing)
		needs, wide = self._needs(), self._fits(self.width())
		air = (self.width() - sum(needs)) / max(1, len(needs) - 1)
		places = (
			[QPointF(sum(needs[:n]) + air * n + 10, 12.0) for n in range(len(needs))]
			if wide
			else [QPointF(10, theme.px(34) * n + 13.0) for n in range(len(needs))]
		)
		for n in range(len(places) - 1):
			painter.setPen(QPen(theme.colour("accent" if n < self._here else "edge"), 2))
			start = places[n] + (QPointF(16, 0) if wide else QPointF(0, 14))
			painter.drawLine(start, places[n + 1] - (QPointF(16, 0) if wide else QPointF(0, 14)))
		for n, (name, note) in enumerate(self._stages):
			self._dot(painter, places[n], n)
			font = theme.font("strong" if n == self._here else "body")
			metrics = QFontMetricsF(font)
			painter.setFont(font)
			painter.setPen(theme.colour("text" if n <= self._here else "muted"))
			if wide:
				spot = QPointF(places[n].x() - 10, 12 + 13 + metrics.ascent())
				note_at = spot + QPointF(0, metrics.height() - 2)
			else:
				spot = QPointF(32, places[n].y() + metrics.ascent() / 2 - 1)
				note_at = spot + QPointF(metrics.horizontalAdvance(name) + 10, 0)
			painter.drawText(spot, name)
			painter.setFont(theme.font("small"))
			painter.setPen(theme.colour("muted"))
			painter.drawText(note_at, note)

	def _dot(self, painter: QPainter, spot: QPointF, number: int) -> None:
		if number < self._here:
			where = QRectF(spot.x() - 11, spot.y() - 11, 22, 22)
			paint_icon(painter, "checkmark_circle:filled", where, theme.colour("accent"))
			return
		painter.setPen(QPen(theme.colour("accent" if number == self._here else "border"), 2))
		painter.setBrush(theme.colour("base"))
		painter.drawEllipse(spot, 8, 8)
		if number == self._here:
			painter.setPen(Qt.PenStyle.NoPen)
			painter.setBrush(theme.colour("accent"))
			painter.drawEllipse(spot, 4, 4)


class NoteDialog(Ask):
	"""What was done, and the details."""

	def __init__(self, parent: QWidget) -> None:
		super().__init__(
			parent, "Add a note", "It joins the timeline with today's date. Notes are never changed.", "Add the note"
		)
		self.what, self.note = field(), lines("Details", 84)
		self._what = FormField("What was done?", self.what, "For example “Spoke to both by phone”.")
		self._note = FormField("Details", self.note, optional=True)
		self.add(self._what, self._note)
		self.what.setFocus()

	def faults(self) -> dict[FormField, str]:
		return {} if self.what.text().strip() else {self._what: "Say what was done"}

	def fields(self) -> tuple[FormField, ...]:
		return (self._what, self._note)


def event(ic: str, when: str, words: str, note: str = "") -> QWidget:
	"""Return one line of a timeline."""
	day = theme.scaled(say(when, "small", wrap=False), "setFixedWidth", 100)
	day.setContentsMargins(0, 2, 0, 0)
	body = [say(words, wrap=True)] + ([say(note, "muted", wrap=True)] if note else [])
	return box(row(day, Glyph(ic), (col(*body, None, gap=1), 1), gap=10, pad=(0, 7, 0, 7), top=True))


class CasePage(QWidget):
	"""The page. `left`: back to the list; `changed`: something was added; `reminder`: the end of the 72 hours is wanted
	in her calendar.
	"""

	left = Signal()
	reminder = Signal()
	changed = Signal()

	def __init__(self, council) -> None:
		"""Take the open council."""
		super().__init__()
		self._council = council
		self.case: Case | None = None
		self._box = QVBoxLayout(self)
		self._box.setContentsMargins(0, 0, 0, 0)
		self._box.setSpacing(0)

	def show_case(self, case: Case) -> None:
		"""Show a case as it stands now."""
		self.case = case
		words = KINDS[case.kind]
		clear(self._box)
		self.add_note = button("Add a note", "primary", "add")
		self.add_note.clicked.connect(self.ask_note)
		chips: list = [4, say(case.reference, "muted", wrap=False), chip(words.name, _CHIP[case.kind])]
		if case.evidence:
			chips.append(chip("Keep: do not erase", "plain"))
		head = flow_head(case.title, BACK, after=chips, on_back=self.left.emit)
		stages = [(name, self._stage_note(n)) for n, name in enumerate(words.stages)]
		here = words.stages.index(case.stage) if case.stage in words.stages else 0
		track = card(StageTrack(stages, here), say(STAGES_LATER, "small", wrap=True), gap=8, pad=(20, 16, 20, 12))
		left = col(self._story(), self._evidence(), None, gap=16)
		right = col(self._next(), self._facts(), None, gap=16)
		area = page(track, Columns((left, 8), (right, 5)), width=1060, gap=16)
		self._box.addWidget(head)
		self._box.addWidget(rule())
		self._box.addWidget(area, 1)

	def ask_note(self) -> None:
		"""Ask for a note and add it."""
		asked = NoteDialog(self)
		if asked.exec():
			self.take_note(asked.what.text().strip(), asked.note.toPlainText().strip())

	def ask_evidence(self) -> None:
		"""Ask for messages and keep them as evidence."""
		asked = EvidenceDialog(self, self._council)
		if asked.exec():
			self.take_evidence(asked.picked())

	def take_evidence(self, message_ids: Sequence[int]) -> None:
		"""Keep frozen copies of messages."""
		self.show_case(self._council.casework.add_evidence(self.case.id, message_ids))
		self.changed.emit()

	def take_note(self, what: str, note: str) -> None:
		"""Add a note to the timeline."""
		self.show_case(self._council.casework.add_note(self.case.id, what, note))
		self.changed.emit()

	def _stage_note(self, number: int) -> str:
		if number == 0:
			return day_words(local(self.case.logged_at).date(), weekday=False, year=False)
		return "only if needed" if "Monitoring" in KINDS[self.case.kind].stages[number] else ""

	def _story(self) -> QWidget:
		today = self._council.clock().date()
		items: list = [row(say("What has happened", "head", wrap=False), None, self.add_note), 4]
		entries = [(self.case.happened_on, "history", "It happened", "")]
		if self.case.noticed_at is not None:
			noticed = f"It was noticed, at {self.case.noticed_at:%H:%M}"
			entries.append((self.case.noticed_at.date(), "timer", noticed, "The 72 hours run from then."))
		entries += [(local(step.at).date(), _step_icon(step.what), step.what, step.note) for step in self.case.steps]
		if not self.case.steps:
			entries.append((local(self.case.logged_at).date(), "document_text", "You logged it", ""))
		for n, (day, ic, words, note) in enumerate(entries):
			items += [rule()] if n else []
			items.append(event(ic, short_day(day, today), words, note))
		return card(*items, gap=0, pad=(20, 14, 20, 8))

	def _evidence(self) -> QWidget:
		more = button("Add messages…")
		more.clicked.connect(self.ask_evidence)
		items: list = [
			row(
				say("Evidence", "head", wrap=False),
				None,
				more,
			),
			say(
				f"{count(len(self.case.evidence), 'message')}, frozen as they stood when they were added."
				if self.case.evidence
				else "No message is kept as evidence of this case.",
				"muted",
				wrap=True,
			),
		]
		for one in self.case.evidence:
			items += [4, MessageQuote(one.sender or "WhatsApp", one.sent_at, one.group, one.text)]
			mark = say(f"Fingerprint {one.sha256[:16]}…", "small", wrap=False)
			mark.setContentsMargins(15, 0, 0, 0)
			mark.setToolTip(one.sha256)
			items.append(mark)
		return card(*items, gap=4, pad=(20, 14, 20, 14))

	def _next(self) -> QWidget:
		items: list = [say("Next", "head")]
		if line := ico_words(self.case, self._council.clock().replace(tzinfo=None)):
			items += [row(col(Glyph("timer", "danger"), None, gap=0), (say(line, "strong", wrap=True), 1), gap=8), 2]
		items.append(say(next_words(self.case), wrap=True))
		if self.case.due_at is not None:
			self.remind = link("Add to my calendar")
			self.remind.clicked.connect(self.reminder)
			items.append(box(row(self.remind, None)))
		return card(*items, gap=4, pad=(20, 14, 20, 16))

	def _facts(self) -> QWidget:
		case = self.case
		items: list = [say("Facts", "head"), say(case.facts, wrap=True)]
		if case.own_view:
			items += [
				4,
				say("My view – kept apart", "label", wrap=False),
				frame(col(say(case.own_view, "muted", wrap=True), pad=(12, 2, 0, 2)), "quote"),
			]
		items.append(4)
		for name, value in (
			("Who", ", ".join(case.people)),
			("Policy", self._clause()),
			("Noticed", f"{day_words(case.noticed_at.date())}, {case.noticed_at:%H:%M}" if case.noticed_at else ""),
			("Told by", case.reported_by),
		):
			if value:
				label = theme.scaled(say(name, "label", wrap=False), "setFixedWidth", 64)
				items.append(row(col(label, None, pad=(0, 2, 0, 0)), (say(value, wrap=True), 1), gap=8))
		return card(*items, gap=4, pad=(20, 14, 20, 16))

	def _clause(self) -> str:
		if not self.case.clause:
			return ""
		text = next((c.text for c in self._council.tables.policy.clauses if c.cite == self.case.clause), "")
		return f"{self.case.clause[0].upper()}{self.case.clause[1:]}: {text}" if text else self.case.clause


_CHIP = {"policy_breach": "hold", "data_breach": "danger", "dispute": "business"}


def _step_icon(what: str) -> str:
	folded = what.casefold()
	if "logged" in folded:
		return "document_text"
	return "comment_error" if "evidence" in folded else "chat_multiple"
