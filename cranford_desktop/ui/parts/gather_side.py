"""Beside the search: what they asked, always in sight; how full the request is; every search that was made for it."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from cranford_desktop.domain.disclosure import Request
from cranford_desktop.domain.gathering import Standing, Step
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import button, link
from cranford_desktop.ui.parts.gather_news import news_words
from cranford_desktop.ui.parts.labels import Glyph, say
from cranford_desktop.ui.parts.layouts import Item, Tall, clear, col, frame, row, rule, scroller
from cranford_desktop.ui.parts.wording import count, local, short, short_day

WIDTH = 300
_WORDS = 132
"""Most height that the request's own words take, in pixels at 100 %; longer ones scroll."""
_FOLDED = 3
"""From so many acts by hand in a row on, they stand as one line."""


def _fitting(words: QWidget, most: int) -> QWidget:
	"""Return words that scroll where they are longer than their room."""
	inner = Tall()
	inner.setLayout(col(words, None, gap=0, pad=(0, 0, 6, 0)))
	area = scroller(inner)
	area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
	theme.scaled(area, "setFixedHeight", most)
	return area


class GatherSide(QFrame):
	"""`again(Step)`: a search is wanted again; `taking(int)`: what an entry added is to be taken out; `whole`: see what
	is in it; `news`: look at what the searches find by now.
	"""

	again = Signal(object)
	taking = Signal(int)
	whole = Signal()
	news = Signal()

	def __init__(self) -> None:
		super().__init__()
		self.setProperty("kind", "side")
		theme.scaled(self, "setFixedWidth", WIDTH)
		self.asked = say("", wrap=True)
		self.asked.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
		self.asked.setAccessibleName("What they asked")
		self._asked = _fitting(self.asked, _WORDS)
		self.held = say("", "strong", wrap=True)
		self.more = say("", "small", wrap=True)
		self.reopened = say("", wrap=True)
		self._reopened = frame(
			row(col(Glyph("warning:filled", "warn"), None, gap=0), (self.reopened, 1), gap=8), "plain"
		)
		self.see = button("See what is in it", name="See what is in this request")
		self.see.clicked.connect(self.whole)
		self.look = button("Look at them")
		self.look.clicked.connect(self.news)
		self.new = say("", "strong", wrap=True)
		self._new = frame(col(row(Glyph("info:filled", "accent"), (self.new, 1), gap=8), self.look, gap=6), "plain")
		self._count = say("", "muted", wrap=False)
		self._list = QVBoxLayout()
		self._list.setContentsMargins(0, 0, 0, 0)
		self._list.setSpacing(0)
		inner = Tall()
		inner.setLayout(col(self._list, None, gap=0, pad=(0, 0, 8, 0)))
		listed = scroller(inner)
		listed.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
		self.setLayout(
			col(
				say("They asked", "label"),
				self._asked,
				rule(),
				self.held,
				self.more,
				self._reopened,
				self.see,
				self._new,
				rule(),
				row(say("Searches", "label"), None, self._count),
				(listed, 1),
				gap=6,
				pad=(16, 12, 8, 8),
			)
		)
		self._reopened.hide()
		self._new.hide()

	def show_words(self, wording: str) -> None:
		"""Show what they asked, in their own words."""
		self.asked.setText(wording)
		room = theme.px(WIDTH - 34)
		self._asked.setFixedHeight(min(theme.px(_WORDS), self.asked.heightForWidth(room) + 4))

	def show_standing(self, standing: Standing) -> None:
		"""Show how full the request is, and whether it is open again."""
		self.held.setText(f"{count(standing.messages, 'message')} in this request")
		state = "Confirmed." if standing.confirmed else "Not confirmed yet."
		left = f" {standing.left_out:,} left out by hand." if standing.left_out else ""
		self.more.setText(state + left)
		self.see.setEnabled(standing.messages > 0)
		self.see.setVisible(standing.messages > 0)
		self.reopened.setText(reopened_words(standing))
		self._reopened.setVisible(bool(self.reopened.text()))

	def show_news(self, messages: int) -> None:
		"""Say how many messages the searches find by now that were not there before."""
		self.new.setText(news_words(messages))
		self._new.setVisible(messages > 0)

	def show_steps(self, steps: Sequence[Step], today: date) -> None:
		"""List every search, the newest first, and what was added or left out by hand."""
		clear(self._list)
		searches = sum(one.kind == "search" for one in steps)
		self._count.setText(f"{searches:,}")
		if not steps:
			self._list.addWidget(
				say("Every search you make here is written down, also one that finds nothing.", "small")
			)
		for at, run in enumerate(folded(steps)):
			if at:
				self._list.addWidget(rule())
			self._list.addWidget(self._entry(run, today))

	def _entry(self, run: Sequence[Step], today: date) -> QWidget:
		one = run[0]
		when = local(one.at)
		at = f"{short_day(when.date(), today)}, {when:%H:%M}"
		words = _words(run)
		items: list[Item] = []
		if one.kind == "search" and one.wanted is not None:
			go = link(short(words, 34), name=f"Open again: {words}")
			go.setToolTip(words)
			go.clicked.connect(lambda: self.again.emit(one))
			items.append(go)
		else:
			items.append(say(words, wrap=True))
		items.append(say(f"{_outcome(run)} {at}", "small", wrap=True))
		if one.held and len(run) == 1 and one.kind in ("search", "add"):
			out = link(f"Take these {one.held:,} out" if one.held > 1 else "Take it out", name=f"Take out: {words}")
			out.clicked.connect(lambda: self.taking.emit(one.id))
			items.append(out)
		made = QWidget()
		made.setLayout(col(*items, gap=0, pad=(0, 6, 0, 6)))
		made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
		return made


def folded(steps: Sequence[Step]) -> list[list[Step]]:
	"""Return the newest entries first; many acts by hand of one kind in a row stand together."""
	runs: list[list[Step]] = []
	for one in reversed(steps):
		last = runs[-1][0] if runs else None
		alike = last is not None and last.kind == one.kind in ("add", "leave") and last.words == one.words
		if alike:
			runs[-1].append(one)
		else:
			runs.append([one])
	return [part for run in runs for part in ([run] if len(run) >= _FOLDED else [[one] for one in run])]


def _words(run: Sequence[Step]) -> str:
	one = run[0]
	if one.kind == "search":
		return one.words
	return f"{one.words[:1].upper()}{one.words[1:]}" + (f", {len(run)} times" if len(run) > 1 else "")


def _outcome(run: Sequence[Step]) -> str:
	one, found = run[0], sum(step.found for step in run)
	if one.kind == "confirm":
		return f"{count(found, 'message')}."
	if one.kind == "leave":
		return f"{count(found, 'message')}."
	if one.kind == "add":
		return f"{sum(step.added for step in run):,} added."
	if one.taken_out:
		return f"{one.found:,} found, {one.added:,} added, taken out again."
	return f"{one.found:,} found, {one.added:,} added." if one.found else "Nothing found."


def asked_words(request: Request) -> str:
	"""Return what they asked, on one line."""
	return f"They asked: “{' '.join(request.wording.split())}”"


def held_words(messages: int, *, confirmed: bool) -> str:
	"""Return what the foot of the search says of a request that holds so many messages."""
	number = count(messages, "message")
	if confirmed:
		return f"{number} in this request. Confirmed; you can still add more."
	if messages:
		return f"{number} in this request so far. Confirm when that is everything."
	return "Nothing is in this request yet. Every search you make is written down."


def reopened_words(standing: Standing) -> str:
	"""Return what is said of a set that was confirmed and is open again; "" for any other."""
	if standing.confirmed or not standing.confirmed_before:
		return ""
	if not standing.since:
		return "This list is open again. Confirm it again when it is complete."
	undecided = f"{standing.undecided_since:,} of them not decided on yet"
	if standing.undecided_since in (0, standing.since):
		undecided = "not decided on yet" if standing.undecided_since else "all decided on"
	return (
		f"This list is open again: {count(standing.since, 'message')} added since you confirmed it, {undecided}. "
		"Confirm it again when it is complete."
	)
