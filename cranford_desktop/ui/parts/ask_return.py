"""The yearly return: every member, what they exported or answered, to print and sign."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cranford_desktop.domain.asking import MemberReturn
from cranford_desktop.ui.parts.ask_list import REPLY_WORDS
from cranford_desktop.ui.parts.controls import button
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import col, frame, row
from cranford_desktop.ui.parts.patterns import flow_foot
from cranford_desktop.ui.parts.plain_table import fill, plain_table
from cranford_desktop.ui.parts.wording import day_words

_HEADS = ("Member", "Role", "Latest export", "Asked", "Answer", "On")


class ReturnPage(QWidget):
	"""`year_chosen(int)`: read that year; `pdf(int)`: show it as a PDF; `asking`: ask for the return."""

	year_chosen = Signal(int)
	pdf = Signal(int)
	asking = Signal()

	def __init__(self, year: int) -> None:
		"""Begin with this year; later ones have not come yet."""
		super().__init__()
		self.year, self._latest = year, year
		self._title = say("", "title", wrap=False)
		self._told = say("", "muted", wrap=True)
		before = button("", "quiet", "chevron_left", name="The year before")
		self._after = button("", "quiet", "chevron_right", name="The year after")
		before.clicked.connect(lambda: self._turn(-1))
		self._after.clicked.connect(lambda: self._turn(1))
		self.table = plain_table("Yearly return", _HEADS, wide=(0, 1))
		ask = button("Ask for the return…")
		ask.clicked.connect(self.asking)
		show = button("Print or save…", "primary", "print")
		show.clicked.connect(lambda: self.pdf.emit(self.year))
		self.foot = flow_foot("An answer is needed from everybody, a nil return too.", ask, 4, show)
		inner = frame(col((self.table, 1), gap=0, pad=(8, 4, 8, 4)), "card")
		head = row(self._title, 8, before, self._after, None, gap=2)
		self.setLayout(col(head, self._told, (inner, 1), gap=8, pad=(24, 14, 24, 16)))
		self._say_year()

	def show_return(self, found: MemberReturn) -> None:
		"""Show a year's return."""
		if found.year != self.year:
			return
		rows = [
			(
				one.person,
				one.role or "",
				_day(one.last_export) or "none held",
				_day(one.asked_on),
				REPLY_WORDS[one.reply] if one.reply else ("waiting" if one.asked_on else ""),
				_day(one.replied_on),
			)
			for one in found.lines
		]
		fill(self.table, rows)
		answered = sum(one.reply in ("exported", "nothing_held") for one in found.lines)
		asked = sum(one.asked_on is not None for one in found.lines)
		self._told.setText(
			f"{asked:,} of {len(found.lines):,} members asked, {answered:,} exported or hold nothing."
			if found.lines
			else "No member is recorded. Give people their office under People."
		)

	def _turn(self, by: int) -> None:
		self.year += by
		self._say_year()
		self.year_chosen.emit(self.year)

	def _say_year(self) -> None:
		self._title.setText(f"Return for {self.year}")
		self._after.setEnabled(self.year < self._latest)


def _day(day) -> str:
	return day_words(day, weekday=False) if day is not None else ""
