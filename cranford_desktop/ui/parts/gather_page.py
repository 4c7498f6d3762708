"""Search the archive for a request: box, filters, results in context, Add to this request, confirm the set."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from cranford_desktop.domain.disclosure import Request
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.errors import CranfordError
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.ask import Ask
from cranford_desktop.ui.parts.chat_lines import hits, message_line, personal_chips, shown_text
from cranford_desktop.ui.parts.chat_view import ChatView
from cranford_desktop.ui.parts.controls import Choice, button, field, find_box
from cranford_desktop.ui.parts.decide_view import by_group
from cranford_desktop.ui.parts.error_summary import repolish
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import col, frame, row, rule
from cranford_desktop.ui.parts.patterns import empty, flow_foot, flow_head
from cranford_desktop.ui.parts.request_tasks import back_words
from cranford_desktop.ui.parts.thumbnails import Thumbnails
from cranford_desktop.ui.parts.wording import count, parse_date, short

SHOWN = 300
"""Results shown at a time; all that are found are added, shown or not."""
_AROUND = 1


class GatherPage(QWidget):
	"""The page. `left`: back to the request; `confirmed`: the set is all there is; `changed`: something was added."""

	left = Signal()
	confirmed = Signal()
	changed = Signal()

	def __init__(self, council, window) -> None:
		"""Take the open council and the window."""
		super().__init__()
		self._council, self._window = council, window
		self.request: Request | None = None
		self._head: QWidget | None = None
		self._filter = MessageFilter()
		self._found: list[int] = []
		self.words = find_box("Words to find", name="Words to find")
		self.group = Choice("All groups", name="Group")
		self.person = Choice("Everybody", name="Sent by")
		self.start = field(width=120, place="From", name="From this date")
		self.end = field(width=120, place="To", name="To this date")
		self.search_button = button("Search", ic="search")
		self.told = say("", "strong", wrap=True)
		self.told.setAccessibleName("What was found")
		self.hint = say("", "muted", wrap=True)
		self.view = ChatView(Thumbnails(council.browsing.thumbnail, 2 * theme.px(176), self), name="Messages found")
		self.add_button = button("Add to this request", "primary")
		# beside what was found, and its room stays when it goes: no other button may come to stand where it stood
		reserved = self.add_button.sizePolicy()
		reserved.setRetainSizeWhenHidden(True)
		self.add_button.setSizePolicy(reserved)
		self.confirm_button = button("That is everything…")
		self._stack = QStackedWidget()
		self._stack.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
		self._start = empty("search", "Type what the request is about, then press Enter.")
		self._nothing = empty("search", "Nothing matched. Try fewer words, another spelling, or all dates.")
		for part in (self._start, self._nothing, self.view):
			self._stack.addWidget(part)
		tools = frame(
			col(
				row((self.words, 1), self.search_button, gap=8),
				row(self.group, self.person, self.start, self.end, None, gap=8),
				row((col(self.told, self.hint, gap=1), 1), self.add_button, gap=16),
				gap=8,
				pad=(24, 12, 24, 8),
			),
			"header",
		)
		self._foot = flow_foot("", self.confirm_button)
		self._box = QVBoxLayout(self)
		self._box.setContentsMargins(0, 0, 0, 0)
		self._box.setSpacing(0)
		for part in (rule(), tools, rule(), self._stack, rule(), self._foot):
			self._box.addWidget(part, 1 if part is self._stack else 0)
		self.words.returnPressed.connect(self.search)
		self.start.returnPressed.connect(self.search)
		self.end.returnPressed.connect(self.search)
		self.search_button.clicked.connect(self.search)
		self.group.activated.connect(self.search)
		self.person.activated.connect(self.search)
		self.add_button.clicked.connect(self.add)
		self.confirm_button.clicked.connect(self.ask_confirm)

	def open_request(self, request: Request) -> None:
		"""Begin to gather for a request."""
		fresh = self.request is None or self.request.id != request.id
		self.request = request
		if self._head is not None:
			self._box.removeWidget(self._head)
			self._head.deleteLater()
		self._head = flow_head("Search the archive", back_words(request, self.window().width()), on_back=self.left.emit)
		self._box.insertWidget(0, self._head)
		if fresh:
			for one in (self.words, self.start, self.end):
				one.clear()
			self._options()
			self._found = []
			self.told.setText("")
			self.hint.setText(f"They asked: “{short(request.wording, 160)}”")
			self._stack.setCurrentWidget(self._start)
		self._show_foot()
		self.words.setFocus()

	def _options(self) -> None:
		for box, names, first in (
			(self.group, [one.name for one in self._council.browsing.groups()], "All groups"),
			(self.person, sorted({s.name or s.rendered for s in self._council.people.senders()}), "Everybody"),
		):
			box.clear()
			box.addItems([first, *names])

	def filter(self) -> MessageFilter | None:
		"""Return what is asked for; None where a date cannot be read."""
		today: date = self._council.clock().date()
		days: list[date | None] = []
		for one in (self.start, self.end):
			day = parse_date(one.text(), today) if one.text().strip() else None
			if day is None and one.text().strip():
				return None
			days.append(day)
		return MessageFilter(
			search=self.words.text().strip() or None,
			group=self.group.currentText() if self.group.currentIndex() > 0 else None,
			person=self.person.currentText() if self.person.currentIndex() > 0 else None,
			start=days[0],
			end=days[1],
		)

	def search(self) -> None:
		"""Look for it and show the results in context."""
		wanted = self.filter()
		if wanted is None:
			self.told.setText("A date cannot be read. Type it like 27 3 2026.")
			return
		if wanted == MessageFilter():
			self.told.setText("Type words to find, or choose a group, a person or dates.")
			return
		self._filter = wanted
		self._window.run(
			"Searching",
			lambda progress, stopped: self._look(wanted),
			self._show,
			promise="Nothing is changed by looking.",
		)

	def _look(self, wanted: MessageFilter):
		service = self._council.browsing
		found = list(service.ids(wanted))
		held = {one.row.id for one in self._council.deciding.candidates(self.request.id)}
		shown = found[:SHOWN]
		around = dict.fromkeys(near for one in shown for near in service.neighbours(one, _AROUND, _AROUND))
		rows = {row.id: row for row in service.rows(list(around))}
		marks = {
			one: service.highlights(shown_text(rows[one]), wanted.search) if wanted.search else []
			for one in shown
			if one in rows
		}
		personal = service.count(replace(wanted, category=("personal",)))
		return personal, found, held, list(rows.values()), marks

	def _show(self, answer) -> None:
		personal, found, held, rows, marks = answer
		self._found = [one for one in found if one not in held]
		known, order = set(found), {}
		for at, row_ in enumerate(rows):
			order.setdefault(row_.group_id, at)
		lines = []
		for message in sorted(rows, key=lambda one: (order[one.group_id], one.position)):
			if message.id in known:
				chips = [*personal_chips(message), *([("In this request", "business")] if message.id in held else [])]
				lines.append(message_line(message, marks=hits(marks.get(message.id, [])), chips=chips))
			else:
				lines.append(
					message_line(
						message,
						quiet=True,
						notes=[("eye_off", "Context – not found by this search", "muted")],
						chips=personal_chips(message),
					)
				)
		self.view.set_lines(by_group(lines))
		self._stack.setCurrentWidget(self.view if found else self._nothing)
		first = next((line.message_id for line in lines if line.message_id in known), 0)
		if first:
			self.view.show_message(first)
		had = len(found) - len(self._found)
		words = f"{count(len(found), 'message')} found"
		if had:
			words += f", {had:,} of them already in this request"
		if personal:
			words += f", {personal:,} marked personal"
		if len(found) > SHOWN:
			words += f". The first {SHOWN} are shown; adding takes all."
		self.told.setText(words)
		self.hint.setText("Grey messages stand beside what was found, for sense. They are not added.")
		self._show_foot()

	def add(self) -> None:
		"""Add what was found to the request; the search record writes itself."""
		if not self._found:
			return
		try:
			record = self._council.gathering.gather(self.request.id, self._filter)
		except CranfordError as problem:
			self._window.problem(problem)
			return
		self.request = self._council.requests.get(self.request.id)
		self._found = []
		self._window.toast(f"{count(record.added, 'message')} added to {self.request.reference}.")
		self._show_foot()
		self.confirm_button.setFocus()
		self.search()
		self.changed.emit()

	def ask_confirm(self) -> None:
		"""Ask whether this is all there is, and confirm the set; once it is, go on to deciding."""
		if self.request.set_confirmed:
			self.confirmed.emit()
			return
		asked = Ask(
			self,
			f"Are these {count(self.request.candidates, 'message')} everything?",
			"“Keep: do not erase” then covers these messages, and new ones that the same searches find. "
			"Until now it covers the whole archive. You can still add more.",
			"Confirm",
		)
		if asked.exec():
			self.confirm()

	def confirm(self) -> None:
		"""Confirm the set."""
		try:
			self._council.gathering.confirm_set(self.request.id)
		except CranfordError as problem:
			self._window.problem(problem)
			return
		self.changed.emit()
		self.confirmed.emit()

	def _show_foot(self) -> None:
		number = len(self._found)
		self.add_button.setVisible(bool(number))
		if number:
			self.add_button.say(f"Add {number:,} to this request")
		self.confirm_button.setProperty("kind", None if number else "primary")
		repolish(self.confirm_button)
		held = self.request.candidates
		self.confirm_button.setVisible(held > 0)
		self.confirm_button.say("That is everything…" if not self.request.set_confirmed else "Decide on each message")
		if self.request.set_confirmed:
			self._foot.note.setText(f"{count(held, 'message')} in this request. The set is confirmed.")
		elif held:
			self._foot.note.setText(
				f"{count(held, 'message')} in this request so far. Confirm when that is everything."
			)
		else:
			self._foot.note.setText("Nothing is in this request yet. What you search for is recorded when you add it.")

	def close_page(self) -> None:
		"""Let the thumbnails' worker go home."""
		self.view.thumbnails.close()
