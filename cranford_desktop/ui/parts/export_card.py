"""One export before it is imported: whose phone, what was found, how its dates are read, what it leaves out."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cranford_desktop.domain.coverage import Finding
from cranford_desktop.domain.importing import Preview
from cranford_desktop.domain.people import plain_name
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import button, link
from cranford_desktop.ui.parts.holder_choice import HolderChoice
from cranford_desktop.ui.parts.import_dates import DateQuestion, DateReading
from cranford_desktop.ui.parts.import_plan import URGENT, Found, Holder, Plan
from cranford_desktop.ui.parts.labels import Elided, Glyph, fact, say, say_bold, tip
from cranford_desktop.ui.parts.layouts import Columns, Item, box, clear, col, row
from cranford_desktop.ui.parts.message_differences import clock_span
from cranford_desktop.ui.parts.patterns import banner
from cranford_desktop.ui.parts.wording import count, day_words, short_day

_LEAST = (240, 250, 220)
"""Least widths of the three columns, in pixels at 100 %."""
_SHARES = (10, 13, 8)
"""How the room above that is shared: most to what was found, so that it needs two lines."""


class ExportCard(QWidget):
	"""One file of the check page. `answered`: something was said; `read_again(order)`: read the dates so."""

	answered = Signal()
	read_again = Signal(str)

	def __init__(self, plan: Plan, at: int) -> None:
		super().__init__()
		self._plan, self.at = plan, at
		self.dates: DateReading | None = None
		self.question: DateQuestion | None = None
		self.holder: HolderChoice | None = None
		self._inside = col(gap=6, pad=(0, 7, 0, 7))
		self.setLayout(self._inside)
		self._fill()

	@property
	def found(self) -> Found:
		"""Return what reading the file gave."""
		return self._plan.looked.found[self.at]

	@property
	def _file(self) -> str:
		return self._plan.file_words(self.at)

	def _fill(self) -> None:
		found = self.found
		if found.preview is None:
			self._unreadable(found)
			return
		preview = found.preview
		self._who = col(gap=0)
		self._say_who(preview)
		self.dates = DateReading(found, about=self._file)
		self.dates.asked.connect(self.read_again)
		left = row(col(2, Glyph("phone", "accent"), None, gap=0), (self._who, 1), gap=10)
		parts = (box(left), box(self._what(found, preview)), self.dates)
		for part, least in zip(parts, _LEAST, strict=True):
			theme.scaled(part, "setMinimumWidth", least)
		self._inside.addWidget(Columns(*zip(parts, _SHARES, strict=True), gap=20, fold=800))
		self._state(found, preview)

	def _unreadable(self, found: Found) -> None:
		problem = found.problem
		words = " ".join(part for part in (problem.safe, problem.do) if part)
		self._inside.addWidget(banner("danger", f"{self._file}: {problem.what}", words))

	# whose phone
	def _say_who(self, preview: Preview) -> None:
		clear(self._who)
		self.holder = None
		holder = self._plan.holder(self.at)
		known = preview.phone_known and self.at not in self._plan.holders
		file = Elided(self._file, "muted")
		guess = self._plan.guess_words(self.at) if self.found.usable and not known else ""
		if not self.found.usable:
			self._who.addWidget(say(self._plan.phone_words(self.at), "strong", wrap=True))
		elif holder is None and not known:
			self._pick()
		else:
			named = say(self._plan.phone_words(self.at), "strong", wrap=True)
			other = link("Not theirs?", name=f"Not {self._plan.phone_words(self.at)}? {self._file}")
			other.setAccessibleName(f"Not {self._plan.phone_words(self.at)}? {self._file}")
			other.clicked.connect(self._change_holder)
			self._who.addLayout(row((named, 1), other, gap=8))
			tip(named, guess)
			named.setAccessibleDescription(guess)
		self._who.addWidget(file)
		if guess and len(self._plan.looked.found) == 1:  # of several it would push out of sight what joining means
			self._who.addWidget(say(guess, "muted", wrap=True))
		self._who.addStretch(1)

	def _pick(self) -> None:
		self.holder = HolderChoice(self._plan.owners(self.at), about=self._file)
		self.holder.chosen.connect(self._said_holder)
		self._who.addWidget(self.holder)

	def _change_holder(self) -> None:
		clear(self._who)
		self._pick()
		self._who.addWidget(Elided(self._file, "muted"))
		self._who.addStretch(1)
		self.holder.box.setFocus()

	def _said_holder(self, holder: Holder) -> None:
		self._plan.holders[self.at] = holder
		self._say_who(self.found.preview)
		self.answered.emit()

	# what was found
	def _what(self, found: Found, preview: Preview) -> Item:
		read = preview.read
		chat = preview.group or (plain_name(read.chat_name) if read.chat_name else "a chat without a name")
		lines: list[Item] = [
			say_bold(
				f"{{}} {'message' if len(read.records) == 1 else 'messages'} in {{}}", f"{len(read.records):,}", chat
			),
			say(f"{_day(read.first)} to {_day(read.last)}, {_media(preview)}", wrap=True),
		]
		here = len(read.records) - preview.new
		if found.usable and not found.set_aside and preview.group is not None and here:
			new = f"{preview.new:,} new, {here:,} here already" if preview.new else "None of them new: all here already"
			lines.append(say(new, "muted", wrap=True))
		return col(*lines, None, gap=0, pad=(0, 2, 0, 0))  # on one line with the links beside it

	def _state(self, found: Found, preview: Preview) -> None:
		if found.set_aside:
			self._note("history", "This file was imported and undone: it is set aside. Importing it brings it back.")
		elif preview.already_imported is not None:
			at = preview.already_imported.imported_at
			when = f" on {day_words(at.date(), weekday=False)}" if at else ""
			self._note("checkmark_circle", f"You imported this exact file{when}. There is nothing to do.", "ok")
		elif preview.nothing_new_since is not None:
			since = day_words(preview.nothing_new_since, weekday=False)
			self._note("checkmark_circle", f"Nothing new since {since}. There is nothing to do.", "ok")
		elif preview.problem is not None:
			self._inside.addWidget(banner("warn", preview.problem, "Nothing of this file is added."))
		if found.usable and found.unproved:
			self.question = DateQuestion(found, looked_at=self.at in self._plan.dates)
			self.question.answered.connect(self._said_dates)
			self._inside.addWidget(self.question)
			self.dates.change.hide()
		if found.usable:
			self._say_findings(preview)

	def _note(self, ic: str, words: str, ink: str = "muted") -> None:
		self._inside.addLayout(fact(ic, words, "body" if ink == "ok" else "muted", ink))

	def _say_findings(self, preview: Preview) -> None:
		for warning in preview.read.warnings:
			if "--date-order" not in warning:  # the question above says it better
				self._note("info", warning)
		if preview.clock_offset:
			self._note("clock", clock_words(preview.clock_offset))
		if preview.past_six_years and len(self._plan.looked.found) == 1:  # of several the receipts say it
			past = count(preview.past_six_years, "message is", "messages are")
			self._note("calendar_clock", f"{past} already past the six years. They are kept until the next review.")
		for one in preview.findings:
			if one.kind in URGENT:
				self._inside.addWidget(self._warn(one))
			elif one.kind != "media_missing":  # said beside the messages
				self._note("info", f"{one.title} {one.detail}".strip())

	def _warn(self, finding: Finding) -> QWidget:
		listed = button(self._list_words(finding))
		listed.setAccessibleName(f"{self._list_words(finding)}: {finding.title}")

		def turn() -> None:
			if finding.key in self._plan.listed:
				del self._plan.listed[finding.key]
			else:
				self._plan.listed[finding.key] = finding
			listed.say(self._list_words(finding))
			listed.setAccessibleName(f"{self._list_words(finding)}: {finding.title}")

		listed.clicked.connect(turn)
		return banner("warn", finding.title, finding.detail, listed)

	def _list_words(self, finding: Finding) -> str:
		return "On your list – undo" if finding.key in self._plan.listed else "Add to my list"

	def _said_dates(self, order: str) -> None:
		self._plan.dates.add(self.at)
		self.question.set_error(None)
		if order != self.found.preview.read.date_order:
			self.read_again.emit(order)
		self.answered.emit()

	# what is left to say
	def check(self) -> bool:
		"""Say beside the question what is still to be answered; return whether nothing is."""
		if self.question is None or self.at not in self._plan.undated:
			return True
		self.question.set_error("Say which way the dates are written")
		return False


def clock_words(minutes: int) -> str:
	"""Return by how much a phone's clock was off, and that it is put right."""
	way = "ahead of" if minutes > 0 else "behind"
	return f"This phone’s clock was {clock_span(minutes)} {way} the other phones’. Its times are put right by that."


def _media(preview: Preview) -> str:
	present, missing = len(preview.read.present), preview.media - len(preview.read.present)
	if present:
		held = count(present, "photo or file", "photos and files")
		return f"{held}, {missing:,} missing" if missing else held
	return f"no photos in it, {missing:,} missing" if missing else "no photos"


def _day(at) -> str:
	return short_day(at.date()).split(" ", 1)[1]
