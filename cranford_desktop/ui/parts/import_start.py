"""The first page of Import: a place to drop, what came before, what is held; and the list of what lies in Downloads."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from cranford_desktop.domain.coverage import GroupCoverage
from cranford_desktop.domain.messages import Receipt
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import button, link
from cranford_desktop.ui.parts.coverage_table import CoverageView
from cranford_desktop.ui.parts.import_files import Candidate
from cranford_desktop.ui.parts.labels import Glyph, say
from cranford_desktop.ui.parts.layouts import Columns, Fold, Item, box, card, clear, col, frame, page, row, rule
from cranford_desktop.ui.parts.patterns import empty, flow_foot
from cranford_desktop.ui.parts.wording import count, day_words, size_words

_TIPS = (
	(
		"phone",
		"How a member exports a chat",
		"iPhone: open the group, tap its name, then Export Chat. "
		"Android: open the group, tap the three dots, then More, then Export chat.",
	),
	(
		"image",
		"With or without photos?",
		"With photos, if the phone allows it. An export with photos can follow later: they find their messages.",
	),
	(
		"history",
		"Imported before?",
		"Send the whole chat again. Messages that are already here are matched, not doubled.",
	),
)
_PAST = 30


class StartPage(QWidget):
	"""`choose`, `downloads`: she asked for files; `receipt(Receipt)`; `picked(group, day)`: open the archive there."""

	choose = Signal()
	downloads = Signal()
	missing = Signal()
	receipt = Signal(object)
	picked = Signal(str, object)

	def __init__(self, *, first: bool) -> None:
		"""`first`: nothing was imported yet, so that how it is done matters more than what is held."""
		super().__init__()
		self._held, self._past = col(gap=16), col(gap=0)
		tips = Columns(*((_tip(ic, head, body), 1) for ic, head, body in _TIPS), gap=28, fold=760)
		held = (box(self._held), box(self._past))
		parts: list[Item] = [self._wide_zone(), tips, *held] if first else [self._low_zone(), *held, tips]
		self.setLayout(col((page(*parts), 1), gap=0))

	def _words(self) -> tuple[QWidget, QWidget]:
		where = "The files that members send you, or a folder of them. They stay on this computer."
		return say("Drop WhatsApp exports here", "title", wrap=True), say(where, "muted", wrap=True)

	def _verbs(self) -> tuple[QWidget, QWidget]:
		pick = button("Choose files…", "primary")
		pick.clicked.connect(self.choose)
		look = button("Look in Downloads", ic="folder_open")
		look.clicked.connect(self.downloads)
		return pick, look

	def _wide_zone(self) -> QWidget:
		words = self._words()
		for one in words:
			one.setAlignment(Qt.AlignmentFlag.AlignHCenter)
		inside = col(
			None,
			row(None, Glyph("arrow_import", "accent", 44), None),
			2,
			*words,
			6,
			row(None, *self._verbs(), None, gap=8),
			None,
			gap=6,
			pad=18,
		)
		zone = frame(inside, "drop")
		theme.scaled(zone, "setMinimumHeight", 212)
		return zone

	def _low_zone(self) -> QWidget:
		words = row(Glyph("arrow_import", "accent", 36), (col(*self._words(), gap=0), 1), gap=16)
		inside = Columns((box(words), 1), box(row(*self._verbs(), gap=8)), gap=16, fold=800)
		return frame(col(inside, gap=0, pad=(20, 14, 20, 14)), "drop")

	def show_past(self, receipts: Sequence[Receipt]) -> None:
		"""List past imports, newest first."""
		clear(self._past)
		if not receipts:
			return
		rows: list[Item] = [say("Past imports", "head", wrap=False), 4]
		for receipt in receipts[:_PAST]:
			go = link("Receipt", name=f"Receipt of {receipt.file}")
			go.setAccessibleName(f"Receipt of {receipt.file}")
			go.clicked.connect(lambda _=False, receipt=receipt: self.receipt.emit(receipt))
			at = day_words(receipt.imported_at.date(), weekday=False) if receipt.imported_at else ""
			aside = " Set aside." if receipt.set_aside else ""
			words = col(
				say(f"{receipt.phone}, {receipt.group}", "strong", wrap=True),
				say(f"{receipt.file} – {count(receipt.new, 'new message')}.{aside}", "muted", wrap=True),
				gap=0,
			)
			rows += [rule(), row((words, 1), say(at, "muted", wrap=False), go, gap=16, pad=(0, 7, 0, 7))]
		self._past.addWidget(card(*rows, gap=0, pad=(20, 14, 20, 8)))

	def show_held(self, coverage: Sequence[GroupCoverage]) -> None:
		"""Draw what each phone covers."""
		clear(self._held)
		shown = [one for one in coverage if one.phones]
		if not shown:
			return
		go = link("What we do not hold")
		go.clicked.connect(self.missing)
		items: list[Item] = [row(say("What we hold", "head", wrap=False), None, go, gap=16)]
		for number, one in enumerate(shown):
			view = CoverageView(one, opens=True)
			view.picked.connect(lambda day, group=one.group: self.picked.emit(group, day))
			items += [rule()] if number else []
			items += [_group_head(one), view]
		self._held.addWidget(card(*items, gap=6, pad=(20, 14, 20, 12)))


class DownloadsPage(QWidget):
	"""Files called like exports; none is opened until it is ticked. `chosen(list[Path])`, `left`."""

	chosen = Signal(object)
	left = Signal()

	def __init__(self, folder: Path, files: Sequence[Candidate], today: date) -> None:
		"""Take the folder that was looked in, what was found and the council's own today."""
		super().__init__()
		self.ticks: dict[Path, QCheckBox] = {}
		back = button("Back")
		back.clicked.connect(self.left)
		title = say(f"Exports in {folder.name}", "title", wrap=True)
		if not files:
			none = empty("folder_open", f"No file in {folder.name} is called like a WhatsApp export.", back)
			self.setLayout(col((none, 1), gap=0))
			return
		rows: list[Item] = []
		for one in files:
			tick = QCheckBox(one.path.name.replace("&", "&&"))
			when = _day(one.changed.date(), today)
			tick.setAccessibleName(f"{one.path.name}, {when}, {size_words(one.size)}")
			tick.toggled.connect(lambda _on: self._count())
			self.ticks[one.path] = tick
			rows += [rule()] if rows else []
			rows.append(row((tick, 1), say(f"{when}, {size_words(one.size)}", "muted", wrap=False), pad=(0, 7, 0, 7)))
		self._read = button("Read them", "primary")
		self._read.clicked.connect(self._go)
		foot = flow_foot("Only names were looked at. A file is opened when you have ticked it.", back, 4, self._read)
		area = page(title, card(*rows, gap=0, pad=(20, 6, 20, 6)), width=860, gap=12)
		self.setLayout(col((Fold(None, area, foot), 1), gap=0))
		self._count()

	def _count(self) -> None:
		ticked = [path for path, tick in self.ticks.items() if tick.isChecked()]
		self._read.say(f"Read {count(len(ticked), 'file')}" if ticked else "Tick what to read")

	def _go(self) -> None:
		ticked = [path for path, tick in self.ticks.items() if tick.isChecked()]
		if ticked:
			self.chosen.emit(ticked)
		else:
			next(iter(self.ticks.values())).setFocus()


def _tip(ic: str, head: str, body: str) -> QWidget:
	words = box(col(say(head, "strong", wrap=True), say(body, "muted", wrap=True), None, gap=2))
	return box(row(Glyph(ic, "muted", 24), (words, 1), gap=12, top=True))


def _group_head(coverage: GroupCoverage) -> Item:
	words = f"{count(coverage.messages, 'message')} from {count(len(coverage.phones), 'phone')}"
	if coverage.on_one_phone and len(coverage.phones) > 1:
		words += f"; {coverage.on_one_phone:,} are on one phone only"
	return row(say(coverage.group, "strong", wrap=False), (say(f"{words}.", "muted", wrap=True), 1), gap=12)


def _day(day: date, today: date) -> str:
	return "today" if day == today else day_words(day, weekday=False, year=day.year != today.year)
