"""A subject access request: who is it, one look through everything, and what was found with why."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from cranford_desktop.domain.subject_access import Looked, Subject, SubjectChoice
from cranford_desktop.errors import CranfordError
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.ask import Ask
from cranford_desktop.ui.parts.chat_lines import message_line, personal_chips
from cranford_desktop.ui.parts.chat_view import ChatView
from cranford_desktop.ui.parts.controls import button, link
from cranford_desktop.ui.parts.decide_view import by_group
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import box, col, frame, row, rule
from cranford_desktop.ui.parts.patterns import empty, flow_foot, flow_head
from cranford_desktop.ui.parts.request_tasks import back_words
from cranford_desktop.ui.parts.sar_who import WhoForm
from cranford_desktop.ui.parts.thumbnails import Thumbnails
from cranford_desktop.ui.parts.wording import count

HELD_TITLE = "INTERNAL What is held about one person"
SHOWN = 300
"""Messages shown at a time; all that were found are added, shown or not."""
_LOOKING = "Nothing is changed by looking."
_PLACES = {
	"case": ("case", "cases"),
	"request": ("request", "requests"),
	"letter": ("letter", "letters"),
	"ask": ("ask", "asks"),
	"transfer": ("transfer", "transfers"),
	"directory": ("entry in the directory", "entries in the directory"),
	"other": ("other record", "other records"),
}


class SarPage(QWidget):
	"""`left`: back to the request; `by_hand`: to the ordinary search; `confirmed`: the set is all there is;
	`changed`: something was added; `paper(bytes)`: show this internal list.
	"""

	left = Signal()
	by_hand = Signal()
	confirmed = Signal()
	changed = Signal()
	paper = Signal(bytes)

	def __init__(self, council, window) -> None:
		"""Take the open council and the window."""
		super().__init__()
		self._council, self._window = council, window
		self.request = None
		self.looked: Looked | None = None
		self._head: QWidget | None = None
		self.who = WhoForm(council)
		self.who.wanted.connect(self.look)
		self.who.by_hand.connect(self.by_hand)
		self._build_found()
		self.stack = QStackedWidget()
		self.stack.addWidget(self.who)
		self.stack.addWidget(self._results)
		self._box = QVBoxLayout(self)
		self._box.setContentsMargins(0, 0, 0, 0)
		self._box.setSpacing(0)
		self._box.addWidget(rule())
		self._box.addWidget(self.stack, 1)

	def _build_found(self) -> None:
		self.told = say("", "title", wrap=True)
		self.told.setAccessibleName("What was found")
		self.also = say("", "muted", wrap=True)
		self.list_button = link("Look at the whole list (internal)")
		self.list_button.clicked.connect(self._show_paper)
		again = link("Change who it is")
		again.clicked.connect(self.ask_who)
		hand = link("Search for more by hand")
		hand.clicked.connect(self.by_hand)
		self.view = ChatView(
			Thumbnails(self._council.browsing.thumbnail, 2 * theme.px(176), self), name="Messages about them"
		)
		self.add_button = button("Add", "primary")
		self.add_button.clicked.connect(self.add)
		self.on_button = button("That is everything…", "primary")
		self.on_button.clicked.connect(self.ask_confirm)
		self._foot = flow_foot("", self.on_button, self.add_button)
		self._found_stack = QStackedWidget()
		self._found_stack.addWidget(self.view)
		self._found_stack.addWidget(
			empty("search", "Nothing was found about them. Try other words, or search by hand before you say so.")
		)
		top = frame(
			col(
				self.told,
				self.also,
				row(self.list_button, 8, again, 8, hand, None, gap=8),
				gap=4,
				pad=(24, 12, 24, 10),
			),
			"header",
		)
		self._results = box(col(top, rule(), (self._found_stack, 1), rule(), self._foot, gap=0))

	# who is it
	def open_request(self, request) -> None:
		"""Begin with who it is; where that was said, look again."""
		self.request = request
		self.looked = None
		if self._head is not None:
			self._box.removeWidget(self._head)
			self._head.deleteLater()
		self._head = flow_head(
			"Find everything about them", back_words(request, self.window().width()), on_back=self.left.emit
		)
		self._box.insertWidget(0, self._head)
		service = self._council.subject_access

		def look(_progress, _stopped):
			return service.choices(request.id), service.subject(request.id), service.waits_for_proof(request.id)

		self._window.run("Looking through the people", look, lambda found: self._opened(*found), promise=_LOOKING)

	def _opened(self, choices: list[SubjectChoice], subject: Subject | None, waits: bool) -> None:
		self.who.show_choices(choices, subject, waits=waits)
		if subject is not None and not waits:
			self.look()
		else:
			self.ask_who()

	def ask_who(self) -> None:
		"""Show the first page."""
		self.stack.setCurrentIndex(0)
		self.who.find.setFocus()

	def look(self) -> None:
		"""Keep who it is and look through everything."""
		subject, on = self.who.subject(), self.who.proof_day()
		service, known = self._council.subject_access, self.request.id

		def call(progress, stopped):
			if service.subject(known) != subject:
				service.choose(known, subject)
			if on is not None:
				service.proof(known, subject, on)
			looked = service.look(known, progress, stopped)
			ids = looked.held.message_ids()[:SHOWN]
			return looked, self._council.browsing.rows(ids), service.waits_for_proof(known)

		self._window.run("Looking through everything", call, self._show, promise="What was found is not added yet.")

	# what was found
	def _show(self, answer) -> None:
		self.looked, rows, waits = answer
		self.who.wait(waits)
		self.changed.emit()
		held = self.looked.held
		why: dict[int, list[str]] = {}
		for item in held.items:
			if item.message_id is not None:
				why.setdefault(item.message_id, []).extend(item.why)
		order: dict[int, int] = {}
		for one in rows:
			order.setdefault(one.group_id, len(order))
		rows = sorted(rows, key=lambda one: (order[one.group_id], one.position))
		self.view.set_lines(
			by_group(
				[
					message_line(
						one,
						notes=[("search", "; ".join(why.get(one.id, ())), "muted")],
						chips=[
							*personal_chips(one),
							*([("In this request", "business")] if one.id in self.looked.in_set else []),
						],
					)
					for one in rows
				]
			)
		)
		if rows:
			self.view.show_message(rows[0].id)
		self._found_stack.setCurrentIndex(0 if rows else 1)
		messages = len(held.message_ids())
		sent = held.counts.get("sent", 0)
		self.told.setText(f"{count(messages, 'message')} about {held.whom.name}")
		words = f"{sent:,} sent by them, {messages - sent:,} of others name them."
		if messages > SHOWN:
			words += f" The first {SHOWN} are shown; adding takes all."
		elsewhere = [
			count(number, *_PLACES[place]) for place, number in held.counts.items() if place in _PLACES and number
		]
		if elsewhere:
			words += f" Also: {', '.join(elsewhere)}. These are in the list; think of them when you answer."
		self.also.setText(words)
		self.stack.setCurrentIndex(1)
		self._show_foot()
		(self.add_button if self.add_button.isVisibleTo(self) else self.on_button).setFocus()

	def _show_foot(self) -> None:
		new = len(self.looked.new_ids())
		self.request = self._council.requests.get(self.request.id)
		self.add_button.setVisible(new > 0)
		self.add_button.say(f"Add {'this message' if new == 1 else f'these {new:,} messages'}")
		self.on_button.setVisible(new == 0 and self.request.candidates > 0)
		self.on_button.say("Decide on each message" if self.request.set_confirmed else "That is everything…")
		self._foot.note.setText(
			"What you add is recorded with how it was found. You decide on each message afterwards."
			if new
			else f"{count(self.request.candidates, 'message')} in this request."
		)

	def add(self) -> None:
		"""Add all that was found to the request."""
		looked, known, service = self.looked, self.request.id, self._council.subject_access

		def done(added: int) -> None:
			self._window.toast(f"{count(added, 'message')} added to {self.request.reference}.")
			self.looked = looked._replace(in_set=looked.in_set | set(looked.held.message_ids()))
			self._show_foot()
			self.on_button.setFocus()
			self.changed.emit()

		self._window.run(
			"Adding what was found", lambda _p, _s: service.add(known, looked), done, promise="Each search is recorded."
		)

	def ask_confirm(self) -> None:
		"""Ask whether this is all there is; then on to deciding."""
		if not self.request.set_confirmed:
			asked = Ask(
				self,
				f"Are these {count(self.request.candidates, 'message')} everything?",
				"“Keep: do not erase” then covers these messages and what they send in exports to come. "
				"You can still add more.",
				"Confirm",
			)
			if not asked.exec():
				return
			try:
				self._council.gathering.confirm_set(self.request.id)
			except CranfordError as problem:
				self._window.problem(problem)
				return
			self.changed.emit()
		self.confirmed.emit()

	def _show_paper(self) -> None:
		service, held = self._council.held_about, self.looked.held

		def make(_progress, _stopped) -> bytes:
			service.made_paper(held)
			return service.paper(held)

		self._window.run("Making the list", make, self.paper.emit, promise="It is for the clerk alone.")

	def close_page(self) -> None:
		"""Let the thumbnails' worker go home."""
		self.view.thumbnails.close()
