"""One line for each place where somebody looked for a request, and for each member who was asked."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from cranford_desktop.domain.other_places import RESULT_WORDS, LookedPlace, PlaceEntry, PlaceResult, UsualPlace
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import Choice, button, field, link
from cranford_desktop.ui.parts.date_field import DateField
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.labels import chip, say
from cranford_desktop.ui.parts.layouts import Columns, Item, box, clear, col, row
from cranford_desktop.ui.parts.wording import day_words

RESULTS: tuple[PlaceResult, ...] = ("nothing", "found", "not_looked")
_CHIPS: dict[PlaceResult, str] = {"nothing": "plain", "found": "business", "not_looked": "hold"}
_FOLD = 620


class PlaceEditor(QFrame):
	"""The fields of one place. `kept(PlaceEntry)`: what was typed holds together; `left`: never mind; `removed`."""

	kept = Signal(object)
	left = Signal()
	removed = Signal()

	def __init__(self, entry: PlaceEntry, today: date, *, name: str = "", can_remove: bool = False) -> None:
		"""Take what stands in the fields, and what a usual place is called; without a name it is asked for."""
		super().__init__()
		self._place, self._name = entry.place, name
		self.place = field(entry.place)
		self.who, self.looked_for, self.note = field(entry.who), field(entry.looked_for), field(entry.note)
		self.result = Choice(*(RESULT_WORDS[one] for one in RESULTS), name="With what result?")
		self.result.setCurrentIndex(RESULTS.index(entry.result))
		self.when = DateField("When?", today, entry.looked_on or today)
		self._fields = {
			"place": FormField("Where?", self.place),
			"who": FormField("Who looked?", self.who),
			"when": FormField("When?", self.when),
			"for": FormField("What for?", self.looked_for, optional=True),
			"note": FormField("A note", self.note),
		}
		self.save, cancel = button("Keep it"), button("Cancel", "quiet")
		self.save.clicked.connect(self.keep)
		cancel.clicked.connect(self.left)
		verbs: list[Item] = [self.save, cancel, None]
		if can_remove:
			out = link("Take this line out", name=f"Take this line out: {name or entry.place}")
			out.clicked.connect(self.removed)
			verbs.append(out)
		self._done = Columns(
			(col(self._fields["who"], None), 1),
			(col(self._fields["when"], None), 1),
			(col(self._fields["for"], None), 1),
			gap=12,
			fold=_FOLD,
		)
		parts: list[Item] = [self._fields["place"]] if not name else []
		self.setLayout(
			col(
				*parts,
				FormField("With what result?", self.result),
				self._done,
				self._fields["note"],
				row(*verbs, gap=8),
				gap=10,
				pad=(0, 8, 0, 10),
			)
		)
		self.result.currentIndexChanged.connect(lambda _at: self._fit())
		self._fit()

	def _fit(self) -> None:
		looked = self._result() != "not_looked"
		self._done.setVisible(looked)
		self._fields["note"].label.setText("A note" if looked else "Why did nobody look there?")

	def _result(self) -> PlaceResult:
		return RESULTS[self.result.currentIndex()]

	def stand(self) -> None:
		"""Put the keys where something is to be typed."""
		(self.place if not self._name else self.note).setFocus()

	def keep(self) -> None:
		"""Tell what was typed, or say beside the fields what is missing."""
		looked = self._result() != "not_looked"
		faults = {
			"place": None if self._name or self.place.text().strip() else "Say where somebody looked",
			"who": "Say who looked there" if looked and not self.who.text().strip() else None,
			"when": self.when.problem("The day somebody looked") if looked else None,
			"note": "Say why nobody looked there" if not looked and not self.note.text().strip() else None,
		}
		for key, words in faults.items():
			self._fields[key].set_error(words)
		wrong = next((key for key, words in faults.items() if words), None)
		if wrong is not None:
			(self._fields[wrong].widget.focusProxy() or self._fields[wrong].widget).setFocus()
			return
		self.kept.emit(
			PlaceEntry(
				place=self._place if self._name else self.place.text(),
				who=self.who.text(),
				looked_on=self.when.date() if looked else None,
				result=self._result(),
				looked_for=self.looked_for.text(),
				note=self.note.text(),
			)
		)


class PlaceLine(QWidget):
	"""A usual place, or one that was recorded. `said(object, PlaceEntry)`: the recorded place or None, and what is said
	of it; `removed(int)`: take it out.
	"""

	said = Signal(object, object)
	removed = Signal(int)

	def __init__(self, name: str, usual: UsualPlace | None, kept: LookedPlace | None, standard, today: date) -> None:
		"""Take what it is called, and `standard`: called for who looks, when and what for."""
		super().__init__()
		self._name, self._usual, self._kept, self._standard, self._today = name, usual, kept, standard, today
		self.editor: PlaceEditor | None = None
		self._outer = QVBoxLayout(self)
		self._outer.setContentsMargins(0, 6, 0, 6)
		self._show()

	def _show(self) -> None:
		clear(self._outer)
		self.editor = None
		self._outer.addWidget(self._told(self._kept) if self._kept is not None else self._asked())

	def _asked(self) -> QWidget:
		hint = self._usual.hint if self._usual is not None else ""
		nothing = button("Nothing there", name=f"Nothing there: {self._name}")
		found = button("Something found…", "quiet", name=f"Something found: {self._name}")
		skipped = button("Not looked…", "quiet", name=f"Not looked: {self._name}")
		self.nothing = nothing
		nothing.clicked.connect(lambda: self.said.emit(None, self._entry("nothing")))
		found.clicked.connect(lambda: self._edit(self._entry("found")))
		skipped.clicked.connect(lambda: self._edit(self._entry("not_looked")))
		words = col(say(self._name, "strong", wrap=True), say(hint, "muted", wrap=True), gap=1)
		return Columns((words, 1), box(row(nothing, found, skipped, None, gap=4)), gap=8, fold=_FOLD)

	def _told(self, kept: LookedPlace) -> QWidget:
		result = kept.result or "nothing"
		told = [kept.who, day_words(kept.looked_on, weekday=False) if kept.looked_on else ""]
		words: list[Item] = [say(self._name, "strong", wrap=True)]
		line = ", ".join(part for part in told if part)
		line += f", for: {kept.looked_for}" if kept.looked_for else ""
		words += [say(part, "muted", wrap=True) for part in (line, kept.note) if part]
		change = link("Change", name=f"Change: {self._name}")
		change.clicked.connect(lambda: self._edit(_entry_of(kept)))
		state = box(row(chip(RESULT_WORDS[result], _CHIPS[result]), change, gap=10))
		return box(row((col(*words, gap=1), 1), state, gap=8))

	def _entry(self, result: PlaceResult) -> PlaceEntry:
		who, when, looked_for = self._standard()
		key = self._usual.key if self._usual is not None else self._name
		return PlaceEntry(key, who, when, result, looked_for)

	def _edit(self, entry: PlaceEntry) -> None:
		clear(self._outer)
		self.editor = PlaceEditor(entry, self._today, name=self._name, can_remove=self._kept is not None)
		self.editor.kept.connect(lambda said: self.said.emit(self._kept, said))
		self.editor.left.connect(self._show)
		if self._kept is not None:
			number = self._kept.id
			self.editor.removed.connect(lambda: self.removed.emit(number))
		self._outer.addWidget(say(self._name, "strong", wrap=True))
		self._outer.addWidget(self.editor)
		self.editor.stand()


class MemberLine(QWidget):
	"""A member who was asked. `replied(LookedPlace, str)`: one of the usual answers; `other(LookedPlace)`: another."""

	replied = Signal(object, str)
	other = Signal(object)

	def __init__(self, kept: LookedPlace, today: date) -> None:
		super().__init__()
		asked = f"Asked on {day_words(kept.asked_on, weekday=False)}" if kept.asked_on else "Asked"
		late = kept.waits and kept.due is not None and kept.due < today
		if kept.waits and kept.due is not None:
			asked += f", answer by {day_words(kept.due, weekday=False)}"
		words: list[Item] = [say(kept.who, "strong", wrap=True), say(asked, "danger" if late else "muted", wrap=True)]
		if kept.note:
			words.append(say(kept.note, "muted", wrap=True))
		verbs: list[Item] = []
		if kept.waits:
			for reply, told in (("exported", "Exported"), ("nothing_held", "Nothing held")):
				go = button(told, name=f"{told}: {kept.who}")
				go.clicked.connect(lambda _=False, reply=reply: self.replied.emit(kept, reply))
				verbs.append(go)
			other = button("Other…", "quiet", name=f"Other answer: {kept.who}")
		else:
			result = kept.result or "nothing"
			on = f" {day_words(kept.looked_on, weekday=False)}" if kept.looked_on else ""
			told = {"found": "Exported", "nothing": "Nothing held", "not_looked": "Refused"}[result]
			verbs.append(chip(f"{told}{on}", "hold" if result == "not_looked" else "ok"))
			other = link("Change", name=f"Change: {kept.who}")
		other.clicked.connect(lambda: self.other.emit(kept))
		self.setLayout(
			col(Columns((col(*words, gap=1), 1), box(row(*verbs, other, gap=6)), gap=8, fold=_FOLD), pad=(0, 6, 0, 6))
		)
		theme.scaled(self, "setMinimumHeight", 44)


def _entry_of(kept: LookedPlace) -> PlaceEntry:
	return PlaceEntry(kept.place, kept.who, kept.looked_on, kept.result or "nothing", kept.looked_for, kept.note)
