"""The findings: what is missing, what helps, and what she put aside."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cranford_desktop.domain.coverage import Finding, GroupCoverage
from cranford_desktop.ui.parts.controls import button, link
from cranford_desktop.ui.parts.coverage_table import CoverageView
from cranford_desktop.ui.parts.labels import Glyph, chip, say
from cranford_desktop.ui.parts.layouts import Columns, Item, box, card, clear, col, page, row, rule
from cranford_desktop.ui.parts.wording import count

_ICONS = {
	"privacy_on": ("lock_closed", "warn"),
	"disappearing_on": ("timer", "warn"),
	"capped": ("warning", "warn"),
	"starts_midway": ("warning", "warn"),
	"gap": ("calendar_ltr", "muted"),
	"left_office": ("people", "muted"),
	"not_exported": ("phone", "muted"),
	"media_missing": ("image", "muted"),
	"unread": ("document_text", "muted"),
}


class FindingsPage(QWidget):
	"""`step(Finding)`, `dismissing(Finding)`, `listing(key)`, `bringing_back(key)`; `asking`, `opening(part)`."""

	step = Signal(object)
	dismissing = Signal(object)
	listing = Signal(str)
	bringing_back = Signal(str)
	asking = Signal()
	opening = Signal(str)
	picked = Signal(str, object)

	def __init__(self) -> None:
		super().__init__()
		self._outer = QVBoxLayout(self)
		self._outer.setContentsMargins(0, 0, 0, 0)
		self._outer.addWidget(page(say("Looking for what is missing…", "muted", wrap=False)))

	def show_findings(
		self, findings: Sequence[Finding], coverage: Sequence[GroupCoverage], reasons: Mapping[str, str]
	) -> None:
		"""Show findings, those put aside last, and the charts."""
		clear(self._outer)
		live = [one for one in findings if not one.dismissed]
		aside = [one for one in findings if one.dismissed]
		items: list[Item] = [self._top(live)]
		if live:
			rows: list[Item] = []
			for at, one in enumerate(live):
				rows += [*([rule()] if at else []), self._finding(one)]
			items.append(card(*rows, gap=0, pad=(16, 4, 16, 4)))
		for group in coverage:
			if group.phones:
				items.append(self._chart(group))
		if aside:
			items.append(self._aside(aside, reasons))
		self._outer.addWidget(page(*items, width=1060, gap=14))

	def _top(self, live: Sequence[Finding]) -> QWidget:
		title = f"{count(len(live), 'thing')} to look at" if live else "Nothing is known to be missing"
		words = col(
			say(title, "title", wrap=True),
			say(
				"What the exports show, or do not. It cannot show what was deleted before the first export.",
				"muted",
				wrap=True,
			),
			gap=2,
		)
		ask = button("Ask members…", "primary")
		ask.clicked.connect(self.asking)
		acts: list[Item] = [ask]
		for part, name in (("asks", "Who was asked"), ("return", "Yearly return"), ("transfers", "Transfer register")):
			go = button(name, "quiet")
			go.clicked.connect(lambda _=False, part=part: self.opening.emit(part))
			acts.append(go)
		return box(col(words, row(*acts, None, gap=6), gap=8))

	def _finding(self, one: Finding) -> QWidget:
		name, ink = _ICONS[one.kind]
		words: list[Item] = [say(one.title, "strong", wrap=True), say(one.detail, wrap=True)]
		go = button(one.next_step, name=f"{one.next_step}: {one.title}")
		go.clicked.connect(lambda: self.step.emit(one))
		rest = link("Put aside…", name=f"Put aside: {one.title}")
		rest.clicked.connect(lambda: self.dismissing.emit(one))
		if one.listed:
			mark = link("Take off my list", name=f"Take off my list: {one.title}")
			mark.clicked.connect(lambda: self.bringing_back.emit(one.key))
			words.append(row(chip("On your list", "business"), None))
		else:
			mark = link("Add to my list", name=f"Add to my list: {one.title}")
			mark.clicked.connect(lambda: self.listing.emit(one.key))
		acts = box(row(mark, 4, rest, 8, go, gap=4))
		inner = Columns((col(*words, gap=2), 1), acts, gap=8, fold=700)
		glyph = col(2, Glyph(name, ink), None, gap=0)
		return box(row(glyph, (inner, 1), gap=12, pad=(0, 10, 0, 10)))

	def _chart(self, group: GroupCoverage) -> QWidget:
		shown = CoverageView(group, opens=True)
		shown.picked.connect(lambda day: self.picked.emit(group.group, day))
		alone = f"{count(group.on_one_phone, 'message')} on one phone only" if len(group.phones) > 1 else ""
		return card(
			row(say(group.group, "head", wrap=True), None, say(alone, "muted", wrap=False)), shown, gap=8, pad=16
		)

	def _aside(self, aside: Sequence[Finding], reasons: Mapping[str, str]) -> QWidget:
		rows: list[Item] = [say(f"Put aside: {len(aside):,}", "head", wrap=False), 4]
		for one in aside:
			back = link("Bring it back", name=f"Bring it back: {one.title}")
			back.clicked.connect(lambda _=False, key=one.key: self.bringing_back.emit(key))
			words = col(say(one.title, wrap=True), say(reasons.get(one.key, ""), "muted", wrap=True), gap=1)
			rows += [rule(), row((words, 1), back, gap=12, pad=(0, 8, 0, 8))]
		return card(*rows, gap=0)
