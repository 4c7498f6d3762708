"""Check your answers: what would go into a pack as things stand, and what still stands in its way."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cranford_desktop.domain.disclosure import Request
from cranford_desktop.domain.second_look import Standing, told
from cranford_desktop.errors import CranfordError
from cranford_desktop.services.clock import LONDON
from cranford_desktop.services.pack_files import LeakFound
from cranford_desktop.services.second_look_reading import LookRead
from cranford_desktop.ui.parts.bare_page import BarePage
from cranford_desktop.ui.parts.controls import button
from cranford_desktop.ui.parts.enclosures import EnclosureCard
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import Fold, page
from cranford_desktop.ui.parts.patterns import banner, flow_foot, flow_head, pairs
from cranford_desktop.ui.parts.reasons_card import ReasonsCard
from cranford_desktop.ui.parts.request_tasks import back_words
from cranford_desktop.ui.parts.review_state import ReviewState, Tally
from cranford_desktop.ui.parts.roomy import card
from cranford_desktop.ui.parts.wording import count, day_words

_LABEL = 230


class _First(NamedTuple):
	"""What has to be done before a pack can be made."""

	message_id: int
	words: str
	why: str


class CheckPage(BarePage):
	"""What goes in, before anything is made. `make`: the button; `decide(int)`: to deciding, at a message (0: where she
	was); `second_look`: to the second look.
	"""

	make = Signal()
	decide = Signal(int)
	second_look = Signal()

	def __init__(self, council) -> None:
		"""Take the open council."""
		super().__init__()
		self._council = council
		self.go = button("Make the pack", "primary")
		self.enclosures = EnclosureCard()
		self.enclosures.problem.connect(lambda problem: self.window().problem(problem))
		self.reasons = ReasonsCard(council)
		self.reasons.problem.connect(lambda problem: self.window().problem(problem))
		self._known = 0
		self._shown: tuple[Request, LookRead] | None = None

	def show_request(self, request: Request, read: LookRead, problem: CranfordError | None = None) -> None:
		"""Show what would go into the pack as things stand; `problem`: why it could not be made just now."""
		if request.id != self._known:
			self._known = request.id
			self.forget_enclosures()
		self._shown = (request, read)
		# The page is put in anew; what was added stays with its request until its pack is made.
		self.enclosures.setParent(None)
		self.reasons.setParent(None)
		self.reasons.show_request(request)
		state = ReviewState(read.candidates)
		tally = state.tally()
		first = self._first(state, read)
		self.go = button(first.words if first else "Make the pack", "primary")
		self.go.clicked.connect(lambda: self.decide.emit(first.message_id) if first else self.make.emit())
		later = button("Finish later")
		later.clicked.connect(self.left)
		note = first.why if first else "When it is made, we open it again and look for every word you covered up."
		worth = [] if first else self._worth_a_look(tally, read.standing)
		self.put(
			Fold(
				flow_head("Make the pack", back_words(request, self.window().width()), on_back=self.left.emit),
				page(
					say("Check your answers", "title", wrap=False),
					*([self._failed(problem)] if problem is not None else []),
					*worth,
					self._what(tally, read),
					self._why(request, tally, read.standing),
					self.reasons,
					self.enclosures,
					width=860,
					gap=12,
					pad=(24, 14, 24, 12),
				),
				flow_foot(note, later, 4, self.go),
			)
		)
		self.enclosures.show()
		self.reasons.show()

	def show_problem(self, problem: CranfordError) -> None:
		"""Say on the page why the pack could not be made, with the way there."""
		if self._shown is not None:
			self.show_request(*self._shown, problem)

	def forget_enclosures(self) -> None:
		"""Begin without documents from elsewhere: another request, or the pack that took them is made."""
		while self.enclosures.held:
			self.enclosures.drop(0)

	@staticmethod
	def _first(state: ReviewState, read: LookRead) -> _First | None:
		left = state.undecided()
		if not left:
			return None
		changed = [one.row.id for one in read.candidates if one.decision is not None and one.changed_since_decided]
		if len(changed) == len(left):
			words = f"Look at {count(len(changed), 'changed message')} first"
			return _First(changed[0], words, "A newer export says something else there than when you decided.")
		words = f"Decide {count(len(left), 'more message')} first"
		return _First(left[0], words, "Every message needs a decision before the pack can be made.")

	def _failed(self, problem: CranfordError) -> QWidget:
		acts = []
		if isinstance(problem, LeakFound) and problem.messages:
			known, reference = problem.messages[0]
			go = button(f"Show message {reference}")
			go.clicked.connect(lambda: self.decide.emit(known))
			acts.append(go)
		return banner("danger", problem.what, " ".join(one for one in (problem.safe, problem.do) if one), *acts)

	def _worth_a_look(self, tally: Tally, standing: Standing) -> list[QWidget]:
		"""Return what to think of before the pack is made; none of it stops her."""
		made: list[QWidget] = []
		if tally.released and not tally.places:
			cover = button("Cover something up…")
			cover.clicked.connect(lambda: self.decide.emit(0))
			names = "with every name, number and address in them"
			made.append(
				banner(
					"warn",
					"Nothing is covered up. Is that right?",
					f"{count(tally.released, 'message')} would go out as written, {names}.",
					cover,
				)
			)
		if standing.to_change:
			go = button("Show the first")
			go.clicked.connect(lambda: self.decide.emit(standing.to_change[0]))
			what = count(len(standing.to_change), "message")
			made.append(banner("warn", f"Marked for a change by the second look, and not changed: {what}", "", go))
		elif standing.advised and not standing.settled:
			go = button("Second look…")
			go.clicked.connect(self.second_look)
			made.append(
				banner(
					"info",
					"A second look is worth it here",
					f"{count(standing.going_out, 'message')} go out with words taken out. You can do without.",
					go,
				)
			)
		return made

	def _what(self, tally: Tally, read: LookRead) -> QWidget:
		rows = tally.told()
		changed = sum(one.decision is not None and one.changed_since_decided for one in read.candidates)
		if changed:
			rows.append(("Changed since you decided", f"{count(changed, 'message')}, counted as not decided"))
		left = ReviewState(read.candidates).undecided()

		def change(at: int) -> None:
			self.decide.emit(left[0] if left and at >= len(tally.told()) - 1 else 0)

		return card(say("What goes in", "head"), 2, pairs(rows, _LABEL, change=change), gap=2, pad=(20, 14, 20, 10))

	def _why(self, request: Request, tally: Tally, standing: Standing) -> QWidget:
		titles = {one.code: one.title for one in self._council.deciding.exemptions(request.regime)}
		reasons = [
			f"{titles.get(code, 'Reason')} – {code} ({number:,})"
			for code, number in sorted(tally.reasons.items())
			if code
		]
		rules = self._council.redacting.redactions(request.id)
		covered = [one for one in rules if one.kind in ("text", "person")]
		photos = (
			f"{count(tally.media_in, 'photo or file', 'photos and files')} released, "
			f"{tally.media_out:,} left out and listed"
			if tally.media_in or tally.media_out
			else "None in the released messages"
		)
		rows: Sequence[tuple[str, str]] = (
			("Exceptions used" if request.regime == "eir" else "Exemptions used", "\n".join(reasons) or "None"),
			(
				"Covered up everywhere",
				f"{count(len(covered), 'name, word or number', 'names, words and numbers')}" if covered else "None",
			),
			("Photos and files", photos),
			("Names shown", "Everybody who wrote is named as the archive names them, unless you covered the name up."),
			("Second look", look_words(standing)),
		)

		def change(at: int) -> None:
			if at == len(rows) - 1:
				self.second_look.emit()
			else:
				self.decide.emit(0)

		return card(say("Why", "head"), 2, pairs(rows, _LABEL, change=change), gap=2, pad=(20, 14, 20, 10))


def look_words(standing: Standing) -> str:
	"""Return a second look in a sentence or two, as the pages say it."""
	ended = standing.look.finished_at if standing.look is not None else None
	return told(standing, f"on {day_words(ended.astimezone(LONDON).date())}" if ended is not None else "")
