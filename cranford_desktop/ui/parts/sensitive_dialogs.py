"""What is asked about suggestions: why one may stay, how a sender was asked to delete, the council's own words."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QListWidget, QListWidgetItem, QPlainTextEdit, QRadioButton, QWidget

from cranford_desktop.domain.finding import CouncilWord, DeleteAsk, Place, Scope, Suggestion, WordSort
from cranford_desktop.domain.sensitive import Detector, FindKind
from cranford_desktop.errors import CranfordError
from cranford_desktop.services.finding import Finding, How
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.ask import Ask
from cranford_desktop.ui.parts.controls import Choice, button, field
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import box, col, row
from cranford_desktop.ui.parts.wording import short

REASONS = (
	"It is not what it looks like",
	"The council publishes it itself",
	"The person knows and agrees",
	"It is needed here",
)
_OTHER = "Something else"
HOWS: tuple[tuple[How, str], ...] = (
	("email", "By e-mail"),
	("whatsapp", "In WhatsApp, to them alone"),
	("spoken", "In person or by phone"),
)


def find_words(one: Suggestion, kinds: Mapping[Detector, FindKind]) -> str:
	"""Return a suggestion in a line: "Phone number: 07700 900123"."""
	name = kinds[one.detector].one
	name = name[0].upper() + name[1:]
	return f"{name}: {short(one.words, 48)}" if one.words else name


class DismissDialog(Ask):
	"""Asks which suggestions of a message may stay, why, and how far that reaches."""

	def __init__(self, parent: QWidget, place: Place, kinds: Mapping[Detector, FindKind]) -> None:
		"""Take the message with its open suggestions."""
		super().__init__(
			parent,
			"Leave it as it is?",
			"The suggestion goes from the list. Nothing in the archive changes, and you can bring it back.",
			"Dismiss",
			width=520,
		)
		self._place = place
		self.ticks: dict[int, QCheckBox] = {}
		for at, one in enumerate(place.suggestions):
			tick = self.ticks[at] = QCheckBox(find_words(one, kinds).replace("&", "&&"))
			tick.setChecked(True)
			theme.scaled(tick, "setMinimumHeight", 26)
			tick.toggled.connect(lambda _on: self._name_kind())
		self._kinds = kinds
		self._which = FormField("Which?", box(col(*self.ticks.values(), gap=2)))
		self._which.widget.setFocusProxy(self.ticks[0])
		self.why = Choice(*REASONS, _OTHER)
		self.other = field()
		self.other.setMaxLength(200)
		self._why = FormField("Why may it stay?", self.why)
		self._other = FormField("Say why", self.other)
		self.why.currentIndexChanged.connect(lambda _at: self._show_other())
		self.here = QRadioButton("Only in this message")
		self.words = QRadioButton("The same words in every message, now and later")
		self.group = QRadioButton()
		for one in (self.here, self.words, self.group):
			theme.scaled(one, "setMinimumHeight", 26)
		self._where = FormField("Where?", box(col(self.here, self.words, self.group, gap=2)))
		self._where.widget.setFocusProxy(self.here)
		self.here.setChecked(True)
		self.words.setVisible(any(one.words for one in place.suggestions))
		first = self._which
		if len(place.suggestions) == 1:
			first = say(find_words(place.suggestions[0], kinds), "strong", wrap=True)
		self.add(first, self._why, self._other, self._where)
		self._name_kind()
		self._show_other()
		self.why.setFocus()

	def chosen(self) -> list[Suggestion]:
		"""Return the suggestions that are ticked."""
		return [self._place.suggestions[at] for at, tick in self.ticks.items() if tick.isChecked()]

	def ids(self) -> list[int]:
		"""Return the numbers of what is ticked."""
		return [number for one in self.chosen() for number in one.ids]

	def reason(self) -> str:
		"""Return why it may stay."""
		return self.other.text().strip() if self.why.currentText() == _OTHER else self.why.currentText()

	def scope(self) -> Scope:
		"""Return how far it reaches."""
		return "words" if self.words.isChecked() else "group" if self.group.isChecked() else "here"

	def faults(self) -> dict[FormField, str]:
		found: dict[FormField, str] = {}
		if not self.chosen():
			found[self._which] = "Tick what may stay"
		if not self.reason():
			found[self._other] = "Say in a few words why it may stay"
		return found

	def fields(self) -> tuple[FormField, ...]:
		return (self._which, self._why, self._other, self._where)

	def _name_kind(self) -> None:
		kinds = dict.fromkeys(self._kinds[one.detector].many for one in self.chosen())
		what = " and ".join(kinds) if 0 < len(kinds) < 3 else "suggestions of these kinds"
		self.group.setText(f"All {what} in this group, now and later".replace("&", "&&"))

	def _show_other(self) -> None:
		self._other.setVisible(self.why.currentText() == _OTHER)
		if self.isVisible():
			self.fit()


class AskDeleteDialog(Ask):
	"""The words that ask a sender to delete a message for everyone; recorded once she has asked."""

	def __init__(self, parent: QWidget, asked: DeleteAsk) -> None:
		"""Take the words."""
		super().__init__(
			parent,
			f"Ask {asked.to} to delete it",
			"Nothing is sent by the app. Copy the words, send them yourself, then record it. "
			"The archive keeps its own copy of the message.",
			"I have asked: record it",
			width=620,
		)
		self._asked = asked
		self.how = Choice(*(words for _, words in HOWS))
		self.words = QPlainTextEdit()
		self.words.setReadOnly(True)
		self.words.setTabChangesFocus(True)
		theme.scaled(self.words, "setMinimumHeight", 150)
		self.copy = button("Copy the words", ic="document_text")
		self.copy.clicked.connect(self._copy)
		self.told = say("", "muted", wrap=False)
		self._words = FormField("The words", self.words)
		self.add(FormField("How do you ask?", self.how), (self._words, 1), row(self.copy, self.told, None))
		self.how.currentIndexChanged.connect(lambda _at: self._show())
		self._show()
		self.how.setFocus()

	def way(self) -> How:
		"""Return how the sender was asked."""
		return HOWS[max(0, self.how.currentIndex())][0]

	def _show(self) -> None:
		email = f"{self._asked.subject}\n\n{self._asked.email}"
		self.words.setPlainText(email if self.way() == "email" else self._asked.chat)
		self.told.setText("")

	def _copy(self) -> None:
		QGuiApplication.clipboard().setText(self.words.toPlainText())
		self.told.setText("Copied.")


class OwnWordsDialog(Ask):
	"""The council's own words: to be pointed at, and its own details that never are."""

	def __init__(self, parent: QWidget, finding: Finding) -> None:
		"""Take the service; what is added or removed is kept at once."""
		super().__init__(
			parent,
			"The council’s own words",
			"Words to be pointed at, such as the name of a private matter. And what the council publishes itself, such "
			"as its phone number, its hall’s address or @ and its e-mail domain: that is never pointed at.",
			"Done",
			width=560,
		)
		self.cancel.hide()
		self.go.setAutoDefault(False)
		self.go.setDefault(False)
		self._finding = finding
		self.changed = False
		self.word = field()
		self.word.setMaxLength(200)
		self.watch, self.own = QRadioButton("Point at it"), QRadioButton("Never point at it")
		self.watch.setChecked(True)
		for one in (self.watch, self.own):
			theme.scaled(one, "setMinimumHeight", 26)
		self.keep = button("Add")
		self.keep.clicked.connect(self.put)
		self.word.returnPressed.connect(self.put)
		self._word = FormField("Word, number or address", self.word)
		self.list = QListWidget()
		self.list.setAccessibleName("The council’s own words")
		theme.scaled(self.list, "setMinimumHeight", 130)
		self.list.currentRowChanged.connect(lambda at: self.remove.setEnabled(at >= 0))
		self.remove = button("Remove")
		self.remove.setEnabled(False)
		self.remove.clicked.connect(self.drop)
		self.add(self._word, row(self.watch, 12, self.own, None, self.keep), (self.list, 1), row(self.remove, None))
		self._fill()
		self.word.setFocus()

	def put(self) -> None:
		"""Add the word that is typed."""
		sort: WordSort = "own" if self.own.isChecked() else "watch"
		try:
			self._finding.add_word(self.word.text(), sort)
		except CranfordError as problem:
			self.summary.show_faults({self._word: f"{problem.what} {problem.do}"}, (self._word,))
			self.fit()
			return
		self.summary.show_faults({}, (self._word,))
		self.word.clear()
		self._note()

	def drop(self) -> None:
		"""Remove the word that is current."""
		word_id = self.list.currentItem().data(Qt.ItemDataRole.UserRole)
		self._finding.drop_word(word_id)
		self._note()

	def _note(self) -> None:
		self.changed = True
		self._fill()
		self.word.setFocus()

	def _fill(self) -> None:
		self.list.clear()
		for one in self._finding.words():
			item = QListWidgetItem(_told(one))
			item.setData(Qt.ItemDataRole.UserRole, one.id)
			self.list.addItem(item)
		self.remove.setEnabled(False)
		for one in (self.list, self.remove):
			one.setVisible(self.list.count() > 0)
		if self.isVisible():
			self.fit()


def _told(one: CouncilWord) -> str:
	return f"{one.words} – {'never pointed at' if one.sort == 'own' else 'pointed at'}"
