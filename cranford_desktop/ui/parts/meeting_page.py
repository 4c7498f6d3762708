"""Matters for a meeting: what was raised on WhatsApp and is taken up formally, its report, what became of it."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from cranford_desktop.domain.meetings import DecisionSuggestion, ItemState, Matter, MeetingReport, Route
from cranford_desktop.services.council import Council
from cranford_desktop.ui.parts.ask import Ask
from cranford_desktop.ui.parts.controls import Choice, button, link
from cranford_desktop.ui.parts.date_field import DateField
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.labels import chip, fact, say
from cranford_desktop.ui.parts.layouts import Columns, Item, box, card, clear, col, page, row, rule
from cranford_desktop.ui.parts.meeting_dialogs import NO_MINUTE, EmailDialog, OutcomeDialog, TakeDialog
from cranford_desktop.ui.parts.patterns import flow_head
from cranford_desktop.ui.parts.pdf_page import PdfPage
from cranford_desktop.ui.parts.quoted_row import quoted_row, show_link, source_words
from cranford_desktop.ui.parts.wording import count, day_words, local

STATES: tuple[tuple[ItemState, str], ...] = (("open", "Waiting"), ("dealt", "Dealt with"), ("all", "All"))
WAYS: tuple[tuple[Route | None, str], ...] = ((None, "Agenda and e-mail"), ("agenda", "Agenda"), ("email", "E-mail"))
AT_ONCE = 40
"""Rows shown at a time; the rest come with a link."""
_NOTHING_CHANGED = "Nothing is changed by looking."


class Shown(NamedTuple):
	"""What the page shows."""

	matters: list[Matter]
	waiting: int
	for_report: int
	meeting: date | None
	reports: list[MeetingReport]


class MeetingPage(QWidget):
	"""`closed`: back to the archive; `message_wanted(int)`: show a message in its conversation."""

	closed = Signal()
	message_wanted = Signal(int)

	def __init__(self, council: Council, window) -> None:
		super().__init__()
		self._council, self._window = council, window
		self._many = AT_ONCE
		self._suggested: list[DecisionSuggestion] | None = None
		self.state = Choice(*(words for _, words in STATES), name="Which matters")
		self.way = Choice(*(words for _, words in WAYS), name="Which way")
		for one in (self.state, self.way):
			one.currentIndexChanged.connect(lambda _at: self.refresh())
		self.quoted = QCheckBox("Quote the messages")
		self.quoted.setChecked(True)
		self.quoted.setAccessibleDescription("The report then holds the words of each message")
		self._list = QWidget()
		self._box = QVBoxLayout(self._list)
		self._box.setContentsMargins(0, 0, 0, 0)
		self._stack = QStackedWidget()
		head = flow_head("Matters for a meeting", "Archive", on_back=self.closed.emit)
		self._stack.addWidget(box(col(head, rule(), (self._list, 1), gap=0)))
		self.setLayout(col((self._stack, 1), gap=0))

	def refresh(self) -> None:
		"""Read the list again."""
		meetings = self._council.meetings
		state, way = STATES[self.state.currentIndex()][0], WAYS[self.way.currentIndex()][0]

		def look(_progress: object, _stopped: object) -> Shown:
			return Shown(
				meetings.matters(state, way),
				len(meetings.matters("open")),
				len(meetings.for_report()),
				meetings.next_meeting(),
				meetings.reports(),
			)

		self._window.run("Reading the list", look, self._show, cancelled=lambda: None, promise=_NOTHING_CHANGED)

	def _show(self, shown: Shown) -> None:
		for kept in (self.state, self.way, self.quoted):
			kept.setParent(None)
		clear(self._box)
		left = col(self._matters(shown), self._suggestions(), None, gap=16)
		right = col(self._meeting(shown), self._reports(shown.reports), None, gap=16)
		title = (
			f"{count(shown.waiting, 'matter')} {'waits' if shown.waiting == 1 else 'wait'} to be taken up formally"
			if shown.waiting
			else "No matter waits to be taken up"
		)
		self._box.addWidget(
			page(
				say(title, "title", wrap=True),
				fact("info", NO_MINUTE, "muted"),
				Columns((left, 5), (right, 3), fold=900),
			)
		)

	# the list
	def _matters(self, shown: Shown) -> QWidget:
		self.state.show()
		self.way.show()
		items: list[Item] = [row(self.state, self.way, None, gap=8), 4]
		if not shown.matters:
			filtered = self.state.currentIndex() or self.way.currentIndex()
			told = (
				"Nothing is on the list here."
				if filtered
				else "Choose a message in the archive, then “Take to a meeting…”. It comes on this list."
			)
			items += [rule(), say(told, "muted", wrap=True)]
		for one in shown.matters[: self._many]:
			items += [rule(), self._matter(one)]
		if len(shown.matters) > self._many:
			items += [rule(), self._more(len(shown.matters))]
		return card(*items, gap=0, pad=(16, 12, 16, 6))

	def _matter(self, one: Matter) -> QWidget:
		item, message = one.item, one.row
		dealt = item.dealt_on is not None
		way = "Agenda" if item.route == "agenda" else "Council e-mail"
		when = day_words(item.meeting_on, weekday=False) if item.meeting_on else "next meeting"
		above: list[Item] = [row((say(item.subject, "strong", wrap=True), 1), chip(way), gap=8)]
		if dealt:
			on = day_words(item.dealt_on, weekday=False)
			below: list[Item] = [fact("checkmark_circle", f"Dealt with on {on}: {item.outcome}", ink="ok")]
		else:
			told = f"For the {when}" if item.meeting_on is None else f"For the meeting on {when}"
			told += (
				f". In the report of {day_words(local(item.reported_at).date(), weekday=False)}"
				if item.reported_at
				else ""
			)
			below = [say(told, "muted", wrap=True)]
		if item.note:
			below.insert(0, say(item.note, wrap=True))
		show = show_link(message)
		show.clicked.connect(lambda: self.message_wanted.emit(message.id))
		quiet: list[Item] = [show]
		if dealt:
			quiet.append(self._verb("Open it again", item.subject, lambda: self._write(lambda m: m.reopen(item.id))))
			return quoted_row(message, above, below, quiet)
		quiet += [
			self._verb("Change…", item.subject, lambda: self.ask_change(one)),
			self._verb("E-mail…", item.subject, lambda: EmailDialog(self._council, self._window, item.id).open()),
			self._verb("Take it off the list", item.subject, lambda: self.remove(one)),
		]
		done = button("Dealt with…", name=f"Dealt with… {item.subject}")
		done.clicked.connect(lambda: self.ask_outcome(one))
		return quoted_row(message, above, below, [done, *quiet])

	def _more(self, total: int) -> QWidget:
		more = link(f"Show {min(AT_ONCE, total - self._many)} more")

		def grow() -> None:
			self._many += AT_ONCE
			self.refresh()

		more.clicked.connect(grow)
		return box(row(more, None, pad=(0, 8, 0, 8)))

	def ask_change(self, one: Matter) -> None:
		"""Change what an item says."""
		asked = TakeDialog(self._council, self._window, one.row, one.item)
		asked.taken.connect(self.refresh)
		asked.open()

	def ask_outcome(self, one: Matter) -> None:
		"""Ask what became of a matter."""
		asked = OutcomeDialog(self, one, self._council.clock().date())
		asked.accepted.connect(lambda: self._deal(one, asked.outcome.text(), asked.day.date()))
		asked.open()

	def _deal(self, one: Matter, outcome: str, on: date | None) -> None:
		if on is None:
			return

		def back() -> None:
			self._write(lambda m: m.reopen(one.item.id))

		self._write(lambda m: m.deal(one.item.id, outcome, on), "Dealt with.", back)

	def remove(self, one: Matter) -> None:
		"""Take an item off the list, with its way back."""
		item = one.item

		def back() -> None:
			self._write(
				lambda m: m.add(
					item.message_id, route=item.route, subject=item.subject, note=item.note, meeting_on=item.meeting_on
				)
			)

		self._write(lambda m: m.remove(item.id), "Taken off the list. The message stays as it is.", back)

	# suggestions
	def _suggestions(self) -> QWidget:
		head = say("Messages that read like a decision", "head", wrap=True)
		if self._suggested is None:
			look = button("Look for them")
			look.clicked.connect(self.look_for_decisions)
			told = "Words such as “agreed”, “let’s go ahead” or “approve the quote” point to them. You decide."
			return card(head, say(told, "muted", wrap=True), row(look, None), gap=8)
		items: list[Item] = [head, 4]
		if not self._suggested:
			items += [rule(), 8, fact("checkmark_circle", "None was found that is not on the list.", ink="ok"), 8]
		for one in self._suggested[: self._many]:
			items += [rule(), self._suggestion(one)]
		if len(self._suggested) > self._many:
			items += [rule(), self._more(len(self._suggested))]
		return card(*items, gap=0, pad=(16, 14, 16, 6))

	def look_for_decisions(self) -> None:
		"""Look through the archive for messages that read like a decision."""

		def show(found: list[DecisionSuggestion]) -> None:
			self._suggested = found
			self.refresh()

		self._window.run(
			"Looking for decisions", self._council.meetings.suggestions, show, cancelled=lambda: None,
			promise=_NOTHING_CHANGED,
		)  # fmt: skip

	def _suggestion(self, one: DecisionSuggestion) -> QWidget:
		message = one.row
		show = show_link(message)
		show.clicked.connect(lambda: self.message_wanted.emit(message.id))
		aside = self._verb("No decision", source_words(message), lambda: self._put_aside(message.id))
		take = button("Take to a meeting…", name=f"Take to a meeting… {source_words(message)}")
		take.clicked.connect(lambda: self.ask_take(one))
		return quoted_row(message, [say(one.reason, "muted", wrap=True)], [], [take, show, aside])

	def ask_take(self, one: DecisionSuggestion) -> None:
		"""Take a message that was pointed at to a meeting."""
		asked = TakeDialog(self._council, self._window, one.row)
		asked.taken.connect(self.look_for_decisions)
		asked.open()

	def _put_aside(self, message_id: int) -> None:
		def back() -> None:
			self._write(lambda m: m.take_back(message_id), then=self.look_for_decisions)

		self._write(
			lambda m: m.put_aside(message_id), "It is not pointed at again.", back, then=self.look_for_decisions
		)

	# the meeting and its report
	def _meeting(self, shown: Shown) -> QWidget:
		change = link(
			"Change the date" if shown.meeting else "Say when it is", name="Change the date of the next meeting"
		)
		change.clicked.connect(lambda: self.ask_meeting(shown.meeting))
		when = day_words(shown.meeting) if shown.meeting else "Its date is not known yet."
		items: list[Item] = [say("The next meeting", "head"), say(when, wrap=True), row(change, None)]
		if shown.for_report:
			self.quoted.show()
			make = button("Make the report", "primary")
			make.clicked.connect(self.make_report)
			words = f"The report holds {count(shown.for_report, 'matter')}, as PDF and as Excel."
			items += [4, rule(), 4, say(words, wrap=True), self.quoted, row(make, None)]
		else:
			items.append(say("Nothing is on the list for it.", "muted", wrap=True))
		return card(*items, gap=6)

	def ask_meeting(self, known: date | None) -> None:
		"""Ask when the next meeting is."""
		asked = _NextMeeting(self, self._council.clock().date(), known)
		asked.accepted.connect(lambda: self._write(lambda m: m.set_next_meeting(asked.day.date())))
		asked.open()

	def make_report(self) -> None:
		"""Make the report and show it."""
		quoted = self.quoted.isChecked()

		def done(report: MeetingReport) -> None:
			self._window.changed()
			self.refresh()
			self.show_report(report)

		self._window.run(
			"Making the report", lambda _p, _s: self._council.meetings.make_report(quoted=quoted), done,
			promise="Nothing is kept until this finishes.",
		)  # fmt: skip

	def _reports(self, reports: Sequence[MeetingReport]) -> QWidget:
		if not reports:
			return box(col())
		items: list[Item] = [say("Reports made", "head"), 4]
		for one in reports[:12]:
			for_ = f"For {day_words(one.meeting_on, weekday=False)}" if one.meeting_on else "For the next meeting"
			made = f"{count(one.items, 'matter')}, made on {day_words(one.made_at.date(), weekday=False)}"
			look = self._verb("Look at it", for_, lambda one=one: self.show_report(one))
			save = self._verb("Save both files…", for_, lambda one=one: self.ask_where(one))
			words = col(
				say(for_, "strong", wrap=True), say(made, "muted", wrap=True), row(look, save, None, gap=12), gap=2
			)
			items += [rule(), box(col(words, pad=(0, 8, 0, 8)))]
		return card(*items, gap=0, pad=(16, 14, 16, 4))

	def show_report(self, report: MeetingReport) -> None:
		"""Show a report page by page, to print or save."""
		files = self._council.meetings.report_files(report.id)
		name = next(path for path in files if path.endswith(".pdf"))
		above: list[PdfPage] = []

		def left() -> None:
			self._stack.removeWidget(above[0])
			above[0].deleteLater()

		above.append(PdfPage(self._window, files[name], name.removesuffix(".pdf"), left))
		self._stack.addWidget(above[0])
		self._stack.setCurrentWidget(above[0])
		above[0].preview.print_button.setFocus(Qt.FocusReason.OtherFocusReason)

	def ask_where(self, report: MeetingReport) -> None:
		"""Ask for a folder and save both files of a report there."""
		folder = QFileDialog.getExistingDirectory(self, "Where should the report go?")
		if folder:
			self.save_report(report, Path(folder))

	def save_report(self, report: MeetingReport, folder: Path) -> None:
		"""Save both files of a report in a folder."""
		self._window.run(
			"Saving the report",
			lambda _p, _s: self._council.meetings.save_report(report.id, folder),
			lambda _files: self._window.toast(f"Saved in {folder}, as PDF and Excel."),
			promise="",
		)

	# parts
	def _write(
		self,
		call: Callable[[Any], object],
		words: str = "",
		back: Callable[[], object] | None = None,
		*,
		then: Callable[[], object] | None = None,
	) -> None:
		def done(_made: object) -> None:
			self._window.changed()
			if words:
				self._window.toast(words, "Undo" if back else "", back)
			(then or self.refresh)()

		self._window.run("Writing it down", lambda _p, _s: call(self._council.meetings), done, promise="")

	def _verb(self, words: str, what: str, do: Callable[[], object]) -> QWidget:
		made = link(words, name=f"{words} {what}")
		made.clicked.connect(lambda _=False: do())
		return made


class _NextMeeting(Ask):
	"""When the next meeting is."""

	def __init__(self, parent: QWidget, today: date, known: date | None) -> None:
		super().__init__(parent, "When is the next meeting?", "", "Save", width=440)
		self._today = today
		self.day = DateField("The date of the next meeting", today, known)
		self._day = FormField("The date of the next meeting", self.day, "For example 1 12 2026.")
		self.add(self._day)
		self.day.setFocus()

	def faults(self) -> dict[FormField, str]:
		problem = self.day.problem("The date of the next meeting", past=False)
		day = self.day.date()
		if problem is None and day is not None and day < self._today:
			problem = "That day has been"
		return {self._day: problem} if problem else {}

	def fields(self) -> tuple[FormField, ...]:
		return (self._day,)
