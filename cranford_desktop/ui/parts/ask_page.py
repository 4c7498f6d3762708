"""Ask members: who, for what, by when; the words to copy, the letters and leaflets to print."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QVBoxLayout, QWidget

from cranford_desktop.domain.asking import AskDraft, AskKind, PhoneKind
from cranford_desktop.domain.people import Person
from cranford_desktop.errors import CranfordError
from cranford_desktop.services.asking import Asking, How
from cranford_desktop.services.council import Council
from cranford_desktop.services.members import Member
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import Choice, button, labelled
from cranford_desktop.ui.parts.date_field import DateField
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import Columns, Item, card, col, page, row
from cranford_desktop.ui.parts.patterns import flow_foot
from cranford_desktop.ui.parts.wording import count, day_words

KINDS: tuple[AskKind, ...] = ("export", "older", "settings", "yearly")
HOWS: tuple[tuple[How, str], ...] = (
	("email", "By e-mail"),
	("letter", "By letter"),
	("spoken", "In person or by phone"),
)


@dataclass(frozen=True, slots=True)
class Chosen:
	"""Who is asked for what."""

	kind: AskKind
	groups: Mapping[int, tuple[str, ...]]
	"""For each person the groups that their letter names."""
	how: How
	on: date
	due: date | None

	@property
	def person_ids(self) -> tuple[int, ...]:
		"""Return who is asked."""
		return tuple(self.groups)

	def record(self, asking: Asking) -> list[int]:
		"""Write down that they were asked."""
		year = self.on.year if self.kind == "yearly" else None
		made: list[int] = []
		for groups in dict.fromkeys(self.groups.values()):
			people = [one for one, named in self.groups.items() if named == groups]
			made += asking.record(self.kind, people, groups, self.how, on=self.on, due=self.due, year=year)
		return made


class AskPage(QWidget):
	"""`pdf(bytes, title)`: show this document; `marking(AskPage)`: write down that those ticked were asked."""

	pdf = Signal(object, str)
	marking = Signal(object)

	def __init__(
		self,
		council: Council,
		members: Sequence[Member],
		groups: Sequence[str],
		people: Sequence[Person],
		theirs: Mapping[int, Sequence[str]],
		*,
		kind: AskKind,
		wanted: Sequence[str] = (),
		person_id: int | None = None,
		request_id: int | None = None,
	) -> None:
		"""Take who can be asked, and in which groups each was seen; those behind are ticked, or the one asked about.

		With a `request_id` they are asked what they hold for it: of the kinds that one alone, and no group is chosen.
		"""
		super().__init__()
		self._request_id = request_id
		self._council, self._theirs = council, theirs
		self._asking = council.asking
		self._today = council.clock().date()
		self._kinds: tuple[AskKind, ...] = KINDS if request_id is None else (kind,)
		self.kind = Choice(*(self._asking.kind_words(one) for one in self._kinds))
		self.kind.setCurrentIndex(self._kinds.index(kind))
		due = self._asking.usual_due() if request_id is None else council.other_places.usual_due(request_id)
		self.due = DateField("By when?", self._today, due)
		self.how = Choice(*(words for _, words in HOWS), name="How do you ask?")
		self.members: dict[int, QCheckBox] = {}
		self.groups: dict[str, QCheckBox] = {}
		self._names: dict[int, str] = {}
		others = [one for one in people if one.id not in {member.person_id for member in members}]
		for member in members:
			ticked = member.person_id == person_id if person_id is not None else member.behind or kind == "yearly"
			self._add_member(member.person_id, member.name, _told(member), ticked=ticked)
		if not members or (person_id is not None and person_id in {one.id for one in others}):
			for one in others:
				self._add_member(one.id, one.name, one.role or "", ticked=one.id == person_id)
		seen = {name for one, tick in self.members.items() if tick.isChecked() for name in theirs.get(one, ())}
		for name in groups:
			tick = self.groups[name] = QCheckBox(name.replace("&", "&&"))
			tick.setChecked(name in (wanted or seen or groups))
			tick.toggled.connect(self._changed)
		self.first = self.kind if request_id is None else next(iter(self.members.values()), self.kind)
		self.shown = Choice(name="Whose letter is shown")
		self.shown.currentIndexChanged.connect(self._show_words)
		self.words = QPlainTextEdit()
		self.words.setReadOnly(True)
		self.words.setTabChangesFocus(True)
		self.words.setAccessibleName("The words of the e-mail or letter")
		theme.scaled(self.words, "setMinimumHeight", 260)
		self.subject = say("", "strong", wrap=True)
		self.foot = self._foot()
		outer = QVBoxLayout(self)
		outer.setContentsMargins(0, 0, 0, 0)
		outer.addWidget(
			page(Columns((col(self._form(), None), 2), (col(self._preview(), None), 3), fold=760), width=1100)
		)
		self.kind.currentIndexChanged.connect(self._changed)
		self.due.changed.connect(lambda _day: self._changed())
		self._changed()

	def _add_member(self, person_id: int, name: str, told: str, *, ticked: bool) -> None:
		tick = QCheckBox(name.replace("&", "&&"))
		tick.setAccessibleDescription(told)
		tick.setChecked(ticked)
		tick.toggled.connect(self._changed)
		self.members[person_id] = tick
		self._names[person_id] = name
		tick.setProperty("told", told)

	def _form(self) -> QWidget:
		who: list[Item] = [say("Whom do you ask?", "strong", wrap=False)]
		for tick in self.members.values():
			told = tick.property("told")
			who.append(tick)
			if told:
				who.append(row(26, (say(told, "small", wrap=True), 1), gap=0))
		if not self.members:
			who.append(say("Nobody is named yet. Say under People who the names in the chats are.", "muted", wrap=True))
		which: list[Item] = [say("Which groups?", "strong", wrap=False), *self.groups.values()]
		return card(
			*([labelled("What do you ask for?", self.kind)] if len(self._kinds) > 1 else []),
			col(*who, gap=3),
			*([col(*which, gap=3)] if self.groups else []),
			col(say("By when?", "strong", wrap=False), self.due, gap=2),
			gap=14,
			pad=16,
		)

	def _preview(self) -> QWidget:
		copy = self._copy = button("Copy")
		copy.clicked.connect(self.copy)
		letters = self._letters = button("Letters as PDF…")
		letters.clicked.connect(self.show_letters)
		android, iphone = button("Leaflet: Android…", "quiet"), button("Leaflet: iPhone…", "quiet")
		android.clicked.connect(lambda: self.show_leaflet("android"))
		iphone.clicked.connect(lambda: self.show_leaflet("iphone"))
		return card(
			row((self.shown, 1), copy, gap=8),
			row(letters, android, iphone, None, gap=4),
			self.subject,
			self.words,
			say(
				"Nothing is sent from here. Copy the words into your own e-mail, or print the letters.",
				"small",
				wrap=True,
			),
			gap=8,
			pad=16,
		)

	def _foot(self) -> QWidget:
		self._mark = button("Mark as asked", "primary")
		self._mark.clicked.connect(lambda: self.marking.emit(self))
		made = flow_foot("", self.how, self._mark)
		self._note = made.note
		return made

	def chosen(self) -> Chosen:
		"""Return what is ticked and chosen."""
		return Chosen(
			kind=self._kinds[self.kind.currentIndex()],
			groups={one: self._groups_of(one) for one, tick in self.members.items() if tick.isChecked()},
			how=HOWS[self.how.currentIndex()][0],
			on=self._today,
			due=self.due.date(),
		)

	def drafts(self) -> list[AskDraft]:
		"""Return the words to everybody who is ticked."""
		return [self._draft(one) for one in self.chosen().groups]

	def _draft(self, person_id: int) -> AskDraft:
		chosen = self.chosen()
		if self._request_id is not None:
			return self._council.other_places.draft(self._request_id, person_id, chosen.due)
		return self._asking.draft(chosen.kind, person_id, chosen.groups[person_id], due=chosen.due)

	def _groups_of(self, person_id: int) -> tuple[str, ...]:
		"""Return the groups ticked that a person was seen in: a letter names no chat they are not in. Of somebody who
		wrote in none of them nothing is known: all that are ticked.
		"""
		ticked = tuple(name for name, tick in self.groups.items() if tick.isChecked())
		theirs = self._theirs.get(person_id, ())
		return tuple(name for name in ticked if name in theirs) or ticked

	def _changed(self) -> None:
		ids = [one for one, tick in self.members.items() if tick.isChecked()]
		kept = self.shown.currentData()
		self.shown.blockSignals(True)
		self.shown.clear()
		for one in ids:
			self.shown.addItem(self._names[one], one)
		self.shown.setCurrentIndex(max(0, self.shown.findData(kept)))
		self.shown.blockSignals(False)
		late = self.due.date() is not None and self.due.date() < self._today
		for one in (self._copy, self._letters, self._mark):
			one.setEnabled(bool(ids) and not late)
		self.shown.setEnabled(bool(ids))
		if not ids:
			self._note.setText("Tick who is asked.")
		elif late:
			self._note.setText("The day of the answer has gone by.")
		else:
			self._note.setText(f"{count(len(ids), 'member')} ticked.")
		self._show_words()

	def _show_words(self) -> None:
		person_id = self.shown.currentData()
		if person_id is None:
			self.subject.setText("")
			self.words.setPlainText("")
			return
		try:
			draft = self._draft(person_id)
		except CranfordError as problem:
			self.words.setPlainText(problem.what)
			return
		self.subject.setText(draft.subject)
		self.words.setPlainText(draft.body)

	def copy(self) -> None:
		"""Put the words that are shown on the clipboard, the subject first."""
		QGuiApplication.clipboard().setText(f"{self.subject.text()}\n\n{self.words.toPlainText()}")
		self._note.setText("Copied. Paste it into your e-mail.")

	def show_letters(self) -> None:
		"""Show the letters to everybody who is ticked, a page each."""
		self.pdf.emit(self._asking.letters_pdf(self.drafts()), "Letters to members")

	def show_leaflet(self, phone: PhoneKind) -> None:
		"""Show the leaflet for a type of phone."""
		title = f"How to export from {'an Android phone' if phone == 'android' else 'an iPhone'}"
		self.pdf.emit(self._asking.leaflet_pdf(phone), title)


def _told(member: Member) -> str:
	parts = [member.role] if member.role else []
	if member.last_export is None:
		parts.append("no export held")
	else:
		parts.append(f"last export {day_words(member.last_export, weekday=False)}")
	words = ", ".join(parts)
	return words[:1].upper() + words[1:]
