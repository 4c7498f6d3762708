"""Covering words up: only here, or everywhere in the request, with every place shown before it happens."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
	QBoxLayout,
	QListWidgetItem,
	QRadioButton,
	QWidget,
)

from cranford_desktop.domain.covering import ALL_TICKED, Coverable, PersonPlaces, Ticks
from cranford_desktop.domain.disclosure import Exemption, PatternName, Piece
from cranford_desktop.domain.exemption_fields import Wording
from cranford_desktop.domain.redacting import LONGEST_STAND_IN, matches_anything
from cranford_desktop.errors import CranfordError
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.ask import Ask, reason_in_law, usual
from cranford_desktop.ui.parts.controls import Choice, field
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import Columns, box, col, row
from cranford_desktop.ui.parts.person_places import PersonPlacesList
from cranford_desktop.ui.parts.places_list import LEAST, PlacesList
from cranford_desktop.ui.parts.wording import count
from cranford_desktop.ui.task import Task

PATTERN_NAMES: dict[PatternName, tuple[str, str]] = {
	"phone": ("phone number", "phone numbers"),
	"email": ("e-mail address", "e-mail addresses"),
	"postcode": ("postcode", "postcodes"),
	"nino": ("National Insurance number", "National Insurance numbers"),
	"bank": ("bank account", "bank accounts"),
	"card": ("card number", "card numbers"),
	"vehicle": ("number plate", "number plates"),
	"date_of_birth": ("date of birth", "dates of birth"),
}
"""One, many."""


class Asked(NamedTuple):
	"""What the clerk decided to cover up, as `Redacting.redact` takes it."""

	kind: str
	value: str
	exemption: str
	stand_in: str | None
	here: bool
	reason: str = ""
	ticks: Ticks = ALL_TICKED


class Whom(NamedTuple):
	"""The people who can be covered up with all that is known of them."""

	people: Sequence[Coverable] = ()
	places: Callable[[str, Sequence[str]], PersonPlaces] = lambda person, _left: PersonPlaces(person, ())
	"""Where one of them is named, some of their names unticked; called in a worker."""
	stand_in: Callable[[str], str] = lambda _person: ""
	"""The stand-in to offer for one of them."""


_WIDTH, _BESIDE, _NARROW, _ROOMY, _ANY = 820, 640, 330, 700, 16_777_215
"""How wide the dialog likes to be, and from where the two halves stand side by side; the answers beside the places, and
from which width of the screen they stand there; no limit. Pixels at 100 %.
"""
_USUAL = 190
"""Height of the list of places where there is room enough."""

_PERSON = "A person, with all their names and numbers"
_NOBODY = Whom()
_CHOOSE = "Choose a person"
_BEGINS = {"phone": "phone", "email": "phone", "postcode": "home address"}
"""By pattern, a word in the name of the wording that a reason begins with; a name otherwise."""
Place = tuple[int, Sequence[Piece]]
"""A message and the words around one place in it."""


def _people(people: Sequence[Coverable]) -> Choice:
	"""Return the people to choose from; nobody is chosen to begin with."""
	made = Choice()
	made.addItem(_CHOOSE, "")
	for one in people:
		made.addItem(f"{one.name} – {one.office}" if one.office else one.name, one.name)
	return made


class RedactDialog(Ask):
	"""Asks what to cover up, shows where it stands, asks for the reason."""

	def __init__(
		self,
		parent: QWidget,
		exemptions: Sequence[Exemption],
		places: Callable[[str, str], Sequence[Place]],
		whose: Callable[[Sequence[int]], Sequence[str]],
		whom: Whom = _NOBODY,
		*,
		words: str = "",
		pattern: PatternName | None = None,
		here: bool = False,
		exemption: str | None = None,
		wordings: Sequence[Wording] = (),
	) -> None:
		"""Take the regime's exemptions; `places(kind, value)` lists what would be covered; `whose(ids)` names messages.

		`whom`: people to choose from; `words`: to begin with; `here`: they were selected in a message, so
		covering them only there is possible; `wordings`: reasons to begin with.
		"""
		super().__init__(
			parent,
			"Redact a word, number or person",
			"It is covered up for good in the pack. In the archive nothing changes, and you can uncover it again.",
			"Redact",
			width=600,
		)
		self._exemptions, self._places, self._whose, self._whom = list(exemptions), places, whose, whom
		self._kinds: list[tuple[str, str]] = [("text", ""), *((("person", ""),) if whom.people else ())]
		self._kinds += [("pattern", name) for name in PATTERN_NAMES]
		self._found: Sequence[Place] = ()
		self._selected = words
		self.kind = Choice(
			"A name, word or number",
			*((_PERSON,) if whom.people else ()),
			*(many[0].upper() + many[1:] for _, many in PATTERN_NAMES.values()),
		)
		self.person = _people(whom.people)
		self._wordings, self._task, self._offered, self._begun = tuple(wordings), None, "", ""
		self.reason = field()
		self.words = field(words)
		self.words.setMaxLength(500)
		self.everywhere = QRadioButton("Everywhere in this request")
		self.only_here = QRadioButton("Only the words I selected")
		for one in (self.everywhere, self.only_here):
			theme.scaled(one, "setMinimumHeight", 28)
			one.toggled.connect(self._later)
		self.choice = Choice(*(f"{one.title} – {one.code}" for one in self._exemptions))
		for one in (self.kind, self.person, self.choice):
			one.setMinimumContentsLength(20)
			one.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
			one.view().setMinimumWidth(one.view().sizeHintForColumn(0) + theme.px(32))
		self.stand_in = field(width=280)
		self.stand_in.setMaxLength(LONGEST_STAND_IN)
		self._kind = FormField("What is it?", self.kind)
		self._words = FormField(
			"Which words or number?",
			self.words,
			"Found whatever the case, the accents or the spaces: a phone number in any way it is written.",
		)
		self._person = FormField("Which person? Office-holders stand last", self.person)
		self._where = FormField("Where?", box(row(self.everywhere, 12, self.only_here, None)))
		self._choice = FormField("Why?", self.choice, reason_in_law(self._exemptions))
		self._reason = FormField("In your words, for your own record", self.reason)
		self._stand = FormField(f"A stand-in, at most {LONGEST_STAND_IN} letters", self.stand_in)
		self.told = say("", "strong", wrap=True)
		self.also = say("", wrap=True)
		self.list = PlacesList()
		self.named = PersonPlacesList(LEAST)
		what = col(self._kind, self._words, self._person, *([self._where] if here else []), None, gap=9)
		why = col(self._choice, self._reason, self._stand, None, gap=9)
		self._answers = Columns((what, 1), (why, 1), gap=9, fold=_BESIDE)
		self._answers.layout().setSpacing(16)
		places = box(col(self.told, self.also, (self.list, 1), (self.named, 1), gap=6))
		self._whole = col(self._answers, (places, 1), gap=14)
		self.add((box(self._whole), 1))
		self.everywhere.setChecked(True)
		self.choice.setCurrentIndex(usual(self._exemptions))
		self._begin_with(exemption, pattern)

	def _begin_with(self, exemption: str | None, pattern: PatternName | None) -> None:
		if exemption is not None:
			codes = [one.code for one in self._exemptions]
			self.choice.setCurrentIndex(codes.index(exemption) if exemption in codes else 0)
		if pattern is not None:
			self.kind.setCurrentIndex(self._kinds.index(("pattern", pattern)))
		self._listen()
		(self.words if pattern is None else self.choice).setFocus()
		self.look()

	def _listen(self) -> None:
		self._timer = QTimer(self)
		self._timer.setSingleShot(True)
		self._timer.setInterval(250)
		self._timer.timeout.connect(self.look)
		self.kind.currentIndexChanged.connect(self.look)
		self.person.currentIndexChanged.connect(self.look)
		self.named.changed.connect(self._say_how_many)
		self.named.renamed.connect(lambda: self._look_for_person(fresh=False))
		self.choice.currentIndexChanged.connect(self._begin)
		self.finished.connect(lambda _result: self._abandon())
		self.words.textChanged.connect(self._later)

	def asked(self) -> Asked:
		"""Return what was decided."""
		kind, value = self._what()
		return Asked(
			kind,
			value,
			self._exemptions[max(0, self.choice.currentIndex())].code,
			self.stand_in.text().strip() or None,
			self.only_here.isChecked(),
			self.reason.text().strip(),
			self.named.ticks if kind == "person" else ALL_TICKED,
		)

	def places(self) -> int:
		"""Return how many places would be covered."""
		if self.only_here.isChecked():
			return 1
		return self.named.covered() if self._what()[0] == "person" else len(self._found)

	def look(self) -> None:
		"""List the places anew."""
		self._timer.stop()
		kind, value = self._what()
		here = self.only_here.isChecked()
		self._words.setVisible(kind == "text")
		self._person.setVisible(kind == "person")
		self.words.setReadOnly(here)
		if here:
			self.words.setText(self._selected)
		self._lay_out(beside=kind == "person" and not here)
		self._begin()
		self._offer(value if kind == "person" else "")
		self.list.setVisible(False)
		self.named.setVisible(False)
		self._abandon()
		if kind == "person" and not here:
			self._found = ()
			self._look_for_person(fresh=True)
			return
		try:
			self._found = self._places(kind, value) if not here and (kind != "text" or matches_anything(value)) else ()
			problem = ""
		except CranfordError as trouble:
			self._found, problem = (), str(trouble)
		self.list.clear()
		for place, name in zip(self._found, self._whose([one[0] for one in self._found]), strict=True):
			item = QListWidgetItem()
			item.setData(Qt.ItemDataRole.UserRole, (name, place[1]))
			words = "".join(piece.text for piece in place[1])
			item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}: {words}")
			self.list.addItem(item)
		self.list.setVisible(bool(self._found))
		self._say(problem or self._summary(kind, value, here), "")

	def _lay_out(self, *, beside: bool) -> None:
		"""Put the places of a person beside the answers: there are many of them, and each wants to be read."""
		beside = beside and self.screen().availableGeometry().width() > theme.px(_ROOMY)
		direction = QBoxLayout.Direction
		self._whole.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
		self._answers.layout().setStretch(0, 0 if beside else 1)
		self._answers.setMinimumWidth(theme.px(_NARROW) if beside else 0)
		self._answers.setMaximumWidth(theme.px(_NARROW) if beside else _ANY)

	def _look_for_person(self, *, fresh: bool) -> None:
		"""Look up where the chosen person is named, away from the window's thread."""
		person = self._what()[1]
		self._abandon()
		if fresh:
			self.named.show_places(PersonPlaces(person, ()), self._whose, fresh=True)
		if not person:
			self._say("", "")
			return
		left = self.named.ticks.left
		if fresh:
			self._say("Looking for every place…", "")
		self._task = Task(lambda _progress, _stopped: self._whom.places(person, left), self)
		self._task.finished.connect(lambda found: self._show_person(found, fresh=fresh))
		self._task.failed.connect(lambda problem: self._say(str(problem), ""))

	def _show_person(self, found: PersonPlaces, *, fresh: bool) -> None:
		self.named.show_places(found, self._whose, fresh=fresh)
		self.named.setVisible(True)
		self._say_how_many()

	def _say_how_many(self) -> None:
		found = self.named.found
		also = f"Not covered, but perhaps the same person: {', '.join(found.maybe)}. Say so in People first."
		number = self.named.covered()
		told = f"{count(number, 'place')} will be covered" if number else "It stands nowhere in this request now"
		self._say(told, also if found.maybe else "")

	def _say(self, told: str, also: str) -> None:
		self.told.setText(told)
		self.also.setText(also)
		self.also.setVisible(bool(also))
		number = self.places()
		self.go.say(f"Redact {count(number, 'place')}" if number else "Redact")
		if self.isVisible():
			self.fit()

	def _abandon(self) -> None:
		if self._task is not None:
			self._task.abandon()
			self._task = None

	def _offer(self, person: str) -> None:
		"""Offer a stand-in for a person, unless she wrote one of her own."""
		if self.stand_in.text().strip() in ("", self._offered):
			self._offered = self._whom.stand_in(person) if person else ""
			self.stand_in.setText(self._offered)

	def _begin(self) -> None:
		"""Begin the reason with a usual wording for what is covered, unless she wrote something of her own."""
		if self.reason.text().strip() not in ("", self._begun):
			return
		kind, value = self._what()
		code = self._exemptions[max(0, self.choice.currentIndex())].code if self._exemptions else ""
		word = _BEGINS.get(value if kind == "pattern" else "", "name")
		fitting = [one for one in self._wordings if code in one.codes and word in one.name.casefold()]
		self._begun = fitting[0].fields.get("reason", "") if fitting else ""
		self.reason.setText(self._begun)
		self.reason.setCursorPosition(0)

	def faults(self) -> dict[FormField, str]:
		kind, value = self._what()
		if kind == "text" and not matches_anything(value):
			return {self._words: "Type the words or the number to cover up"}
		if kind == "person" and not value:
			return {self._person: "Choose the person to cover up"}
		if kind == "person" and self._task is not None and self._task.running:
			return {self._person: "Wait until every place is found, then press Redact again"}
		if (
			kind == "person"
			and self.named.found.forms
			and not self.named.ticks.covered([one.name for one in self.named.found.forms if not one.offered])
		):
			return {self._person: "Tick at least one of their names"}
		if self._timer.isActive():
			self.look()
		return {}

	def fields(self) -> tuple[FormField, ...]:
		return (self._kind, self._words, self._person, self._choice, self._reason, self._stand)

	def fit(self) -> None:
		"""Be as wide as the screen allows; give the list of places what height is left."""
		wide = min(theme.px(_WIDTH), self.screen().availableGeometry().width() - 40)
		self.resize(max(wide, self.minimumWidth()), self.height())
		super().fit()
		if not self.list.isHidden() or not self.named.isHidden():
			more = theme.px(_USUAL - LEAST)
			self.resize(self.width(), min(self.room(), self.height() + more))

	def _what(self) -> tuple[str, str]:
		kind, value = self._kinds[max(0, self.kind.currentIndex())]
		if kind == "text":
			return kind, self.words.text().strip()
		return kind, str(self.person.currentData() or "") if kind == "person" else value

	def _summary(self, kind: str, value: str, here: bool) -> str:
		if here:
			return "One place: the words you selected."
		if kind == "text" and not value:
			return ""
		if not self._found:
			return "It stands nowhere in this request now. It will be covered up if it comes in later."
		messages = len({message_id for message_id, _ in self._found})
		return f"{count(len(self._found), 'place')} in {count(messages, 'message')}"

	def _later(self) -> None:
		if hasattr(self, "_timer"):
			self._timer.start()
