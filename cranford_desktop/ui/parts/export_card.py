"""One export before it is imported: what was found, how it was read, and what only the clerk can answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QRadioButton, QSizePolicy, QWidget

from cranford_desktop.domain.importing import Preview
from cranford_desktop.domain.messages import DateOrder
from cranford_desktop.domain.people import plain_name
from cranford_desktop.errors import CranfordError
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.basics import (
	Choice,
	Columns,
	Glyph,
	Item,
	banner,
	box,
	clear,
	col,
	field,
	row,
	rule,
	say,
	say_bold,
)
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.wording import count, day_words

ORDERS: tuple[tuple[DateOrder, str], ...] = (("dmy", "Day first"), ("mdy", "Month first"), ("ymd", "Year first"))
KEEP_THE_FILE = "Keep this file. When joining several phones comes with a later release, import it then."
_PLATFORM = {"android": "From an Android phone", "iphone": "From an iPhone"}


@dataclass(frozen=True, slots=True)
class Found:
	"""What reading a file gave: a preview, or why it could not be read."""

	path: Path
	preview: Preview | None
	problem: CranfordError | None
	facts: "Facts | None" = None


@dataclass(frozen=True, slots=True)
class Facts:
	"""Counts over all records, made where reading is done: a long export has many."""

	messages: int
	system: int
	media: int
	people: int
	example: datetime
	"""A date that shows how dates are read, with a day over 12 if there is one."""
	first: datetime
	last: datetime


def facts_of(preview: Preview) -> Facts:
	"""Count what the card shows."""
	read = preview.read
	return Facts(
		messages=preview.messages,
		system=sum(record.kind == "system" for record in read.records),
		media=preview.media,
		people=len({record.sender for record in read.records if record.sender and record.kind != "system"}),
		example=next((one.sent_at for one in read.records if one.sent_at.day > 12), read.last),
		first=read.first,
		last=read.last,
	)


class ExportCard(QFrame):
	"""Shows one file; `answered` when a question was answered."""

	answered = Signal()

	def __init__(self, found: Found, read_again: Callable[["ExportCard", DateOrder], object]) -> None:
		super().__init__()
		self.setProperty("kind", "card")
		self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
		self._read_again = read_again
		self._inside = col(gap=10, pad=(20, 14, 20, 16))
		self.setLayout(self._inside)
		self.show_found(found)

	def show_found(self, found: Found) -> None:
		"""Show what reading gave."""
		self.found = found
		self._yes: QRadioButton | None = None
		self._no: QRadioButton | None = None
		self._group_field: FormField | None = None
		self._phone: FormField | None = None
		self._question: FormField | None = None
		clear(self._inside)
		if found.preview is None:
			self._unreadable(found)
			return
		facts = found.facts or facts_of(found.preview)
		self._say_facts(found.preview, facts)
		self._state(found.preview, facts)

	def _unreadable(self, found: Found) -> None:
		problem = found.problem
		self._inside.addWidget(say(found.path.name, "strong", wrap=True))
		words = " ".join(part for part in (problem.safe, problem.do) if part)
		self._inside.addWidget(banner("danger", problem.what, words))

	def _say_facts(self, preview: Preview, facts: Facts) -> None:
		read = preview.read
		chat = plain_name(read.chat_name) if read.chat_name else "A chat that does not say its name"
		who = col(
			say(chat, "strong", wrap=True),
			say(preview.path.name, "muted", wrap=True),
			say(_PLATFORM[read.platform], "muted", wrap=True),
			None,
			gap=1,
		)
		lines: list[Item] = [
			say_bold("{} and {} by WhatsApp itself", count(facts.messages, "message"), count(facts.system, "line")),
			say(f"{_day(facts.first)} to {_day(facts.last)}", wrap=True),
			say(self._media_words(preview, facts), "muted", wrap=True),
		]
		if not preview.already_imported and not preview.problem:
			held = len(read.records) - preview.new
			known = f"{held:,} of them are in the archive already" if held else "None of them is in the archive yet"
			lines.append(say(f"{known}.", "muted", wrap=True))
		what = col(*lines, None, gap=1)
		self._order = Choice(*(words for _, words in ORDERS), name="How the dates are written")
		self._order.setCurrentIndex([key for key, _ in ORDERS].index(read.date_order))
		self._order.activated.connect(self._change_order)
		theme.scaled(self._order, "setMaximumWidth", 170)
		dates = col(
			say(_dates_words(preview, facts), wrap=True),
			say(f"{read.date_evidence[:1].upper()}{read.date_evidence[1:]}", "muted", wrap=True),
			2,
			self._order,
			None,
			gap=1,
		)
		if not self.usable:
			self._order.hide()
		left = row(col(2, Glyph("phone", "accent"), None, gap=0), (who, 1), gap=10)
		parts = [box(part) for part in (left, what, dates)]
		for part, least in zip(parts, (250, 270, 240), strict=True):
			theme.scaled(part, "setMinimumWidth", least)
		self._inside.addWidget(Columns(*((part, 1) for part in parts), gap=24, fold=820))

	def _media_words(self, preview: Preview, facts: Facts) -> str:
		present, missing = len(preview.read.present), facts.media - len(preview.read.present)
		if not facts.media:
			return "No photos or files"
		if not missing:
			return f"{count(present, 'photo or file', 'photos and files')}, all here"
		here = count(present, "photo or file", "photos and files") if present else "No photos or files"
		return f"{here} in the export – {missing:,} more are named but not in it"

	def _state(self, preview: Preview, facts: Facts) -> None:
		for warning in preview.read.warnings:
			self._inside.addLayout(
				row(Glyph("info", "muted", 18), (say(warning, "muted", wrap=True), 1), gap=8, top=True)
			)
		if preview.past_six_years and self.usable:
			words = (
				f"{count(preview.past_six_years, 'message is', 'messages are')} already past the six years. "
				"They are kept until the next review."
			)
			self._inside.addLayout(
				row(Glyph("calendar_clock", "muted", 18), (say(words, "muted", wrap=True), 1), gap=8)
			)
		if preview.already_imported is not None:
			at = preview.already_imported.imported_at
			when = f" on {day_words(at.date())}" if at else ""
			self._inside.addWidget(banner("ok", f"You imported this exact file{when}.", "There is nothing to do."))
		elif preview.problem is not None:
			self._inside.addWidget(banner("warn", preview.problem, KEEP_THE_FILE))
		elif preview.group is not None:
			words = f"Goes into {preview.group}, as {preview.phone}."
			self._inside.addLayout(
				row(Glyph("checkmark_circle", "ok", 18), (say(words, wrap=True), 1), gap=8, top=True)
			)
		else:
			self._ask(preview, facts)

	def _ask(self, preview: Preview, facts: Facts) -> None:
		self._inside.addWidget(rule())
		named = plain_name(preview.read.chat_name or "")
		between = f"It is a chat between {count(facts.people, 'person', 'people')}. " if preview.read.one_to_one else ""
		self._yes = QRadioButton("Yes: all of it is council business")
		self._no = QRadioButton("No: do not import this file")
		group = QButtonGroup(self)
		for one in (self._yes, self._no):
			group.addButton(one)
			one.setAccessibleName(one.text())
			one.toggled.connect(lambda _on: self._answered())
		choices = QWidget()
		choices.setLayout(col(self._yes, self._no, gap=8))
		choices.setFocusProxy(self._yes)
		self._question = FormField(
			f"Is “{named}” an official group of the council?" if named else "Is this an official group of the council?",
			choices,
			f"{between}Only council business belongs in the records. Private chats stay out.",
		)
		self._inside.addWidget(self._question)
		self._name = field(named, 360, name="Name of the group")
		self._name.textChanged.connect(lambda _words: self.answered.emit())
		self._group_field = FormField("Name of the group", self._name, "The name you use for it in the council.")
		self._phone_name = field("", 360, name="Whose phone is it from?")
		self._phone = FormField(
			"Whose phone is it from?",
			self._phone_name,
			f"For example Cllr Shaw’s phone. Else it is called {preview.phone}.",
		)
		sides = (box(col(one, None, gap=0)) for one in (self._group_field, self._phone))
		self._more = box(row(Columns(*((one, 1) for one in sides), gap=24, fold=640), pad=(26, 0, 0, 0)))
		self._more.hide()
		self._inside.addWidget(self._more)

	def _answered(self) -> None:
		self._more.setVisible(self._yes.isChecked())
		self._question.set_error(None)
		self.answered.emit()

	def _change_order(self, at: int) -> None:
		order = ORDERS[at][0]
		if order != self.found.preview.read.date_order:
			self._read_again(self, order)

	def keep_order(self) -> None:
		"""Show the order of the dates that holds, after another was refused."""
		self._order.setCurrentIndex([key for key, _ in ORDERS].index(self.found.preview.read.date_order))

	# answers
	@property
	def usable(self) -> bool:
		"""Whether there is anything to import or to ask here."""
		preview = self.found.preview
		return preview is not None and preview.already_imported is None and preview.problem is None

	@property
	def wanted(self) -> bool:
		"""Whether the file is to be imported, as answered so far."""
		return self.usable and (self._yes is None or self._yes.isChecked())

	def check(self) -> bool:
		"""Say what is still to be answered; return whether nothing is."""
		if self._question is None:
			return True
		if not self._yes.isChecked() and not self._no.isChecked():
			self._question.set_error("Say whether this is an official group")
			return False
		if self._yes.isChecked() and not self._name.text().strip():
			self._group_field.set_error("Say what the group is called")
			return False
		self._group_field.set_error(None)
		return True

	def first_question(self) -> QWidget:
		"""Return the field that still waits for an answer."""
		if self._yes is not None and not self._yes.isChecked() and not self._no.isChecked():
			return self._yes
		return self._name

	def answer(self, *, official: bool, group: str = "", phone: str = "") -> None:
		"""Answer the question of an unknown chat."""
		(self._yes if official else self._no).setChecked(True)
		if group:
			self._name.setText(group)
		if phone:
			self._phone_name.setText(phone)

	def group(self) -> str | None:
		"""Return the clerk's name for an unknown chat, else None."""
		return " ".join(self._name.text().split()) if self._yes is not None else None

	def phone(self) -> str | None:
		"""Return what she calls the phone, None if she left it out."""
		if self._phone is None:
			return None
		return " ".join(self._phone_name.text().split()) or None


def _day(at) -> str:
	return day_words(at.date(), weekday=False)


def _dates_words(preview: Preview, facts: Facts) -> str:
	read, day = preview.read, facts.example
	written = {"dmy": f"{day:%d/%m/%Y}", "mdy": f"{day:%m/%d/%Y}", "ymd": f"{day:%Y-%m-%d}"}[read.date_order]
	return f"{written} is read as {_day(day)}"
