"""Who is this? One guess at a time with its reasons, what is still to come, and what was answered."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from cranford_desktop.domain.people import Choice, SamePerson, Sender
from cranford_desktop.services.council import Council
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import button, field, link
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.labels import Glyph, chip, say
from cranford_desktop.ui.parts.layouts import Columns, box, clear, col, page, row, rule
from cranford_desktop.ui.parts.patterns import empty
from cranford_desktop.ui.parts.roomy import card
from cranford_desktop.ui.parts.wording import count, day_words, local

_ANSWERS = {"same": "one person", "different": "two people", "later": "put off"}
_DONE = {"same": "{} and {} are one person.", "different": "{} and {} are two people.", "later": "Put off: {} and {}."}


class GuessView(QWidget):
	"""Answers guesses. `changed`: an answer was written or taken back."""

	changed = Signal()

	def __init__(self, council: Council, window) -> None:
		super().__init__()
		self._council, self._window = council, window
		self.guesses: list[SamePerson] = []
		self._senders: dict[str, Sender] = {}
		self._put_off: set[str] = set()
		self._told: list[Choice] = []
		self._at = 0
		self._card = self._build_card()
		self._queue, self._rows = _list_card("Still to come")
		self._answered, self._answers = _list_card("What you answered")
		nothing = empty("checkmark_circle:filled", "No two names look like one person.", ink="ok")
		done = empty("checkmark_circle:filled", "Every pair of names that looks like one person is answered.", ink="ok")
		self._none, self._all_done = card(nothing), card(done)
		outer = QVBoxLayout(self)
		outer.setContentsMargins(0, 0, 0, 0)
		self._area = page(self._card, self._none, self._all_done, self._queue, self._answered, width=860, gap=14)
		outer.addWidget(self._area)

	def _build_card(self) -> QFrame:
		self._place = say("", "label", wrap=False)
		self._question = say("Is this one person?", "head", wrap=False)
		self._sides = (_Side(), _Side())
		self._sure = chip("", "ok")
		self._reasons = QVBoxLayout()
		self._reasons.setSpacing(4)
		self._reasons.setContentsMargins(0, 0, 0, 0)
		self.name = field(name="What is this person called?")
		theme.scaled(self.name, "setMaximumWidth", 380)
		self.name.returnPressed.connect(lambda: self.answer("same"))
		self.name_field = FormField("What is this person called?", self.name)
		self.yes = button("Yes, same person", "primary")
		self.no = button("Different")
		self.later = button("Later", "quiet")
		self.yes.clicked.connect(lambda: self.answer("same"))
		self.no.clicked.connect(lambda: self.answer("different"))
		self.later.clicked.connect(lambda: self.answer("later"))
		return card(
			row(self._question, 4, self._sure, None, self._place),
			Columns((self._sides[0], 1), (self._sides[1], 1), gap=16, fold=560),
			box(self._reasons),
			rule(),
			self.name_field,
			row(self.yes, self.no, self.later, None, gap=8),
			gap=10,
			pad=20,
		)

	def show_guesses(self, guesses: list[SamePerson], choices: list[Choice], senders: list[Sender]) -> None:
		"""Show what there is to answer, and what was answered."""
		kept = self.current().key if self.current() else None
		self.guesses = guesses
		self._put_off = {one.key for one in choices if one.said == "later"}
		self._told = [one for one in choices if one.said != "later"]
		self._senders = {one.rendered: one for one in senders}
		self._at = next((at for at, one in enumerate(guesses) if one.key == kept), 0)
		answering = self._card.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
		self._show()
		self._show_answers()
		if answering and self.current() is None:  # the keys go on to the list: the good news above it stays in sight
			QTimer.singleShot(0, self, lambda: self._area.verticalScrollBar().setValue(0))

	def current(self) -> SamePerson | None:
		"""Return the guess that is shown."""
		return self.guesses[self._at] if self._at < len(self.guesses) else None

	def _show(self) -> None:
		one = self.current()
		self._card.setVisible(one is not None)
		self._none.setVisible(one is None and not self._told)
		self._all_done.setVisible(one is None and bool(self._told))
		self._queue.setVisible(len(self.guesses) > 1)
		if one is None:
			return
		self._place.setText(f"{self._at + 1:,} of {len(self.guesses):,}")
		self._sure.setText("Hardly a doubt" if one.certain else "Not certain")
		self._sure.setProperty("chip", "ok" if one.certain else "plain")
		self._sure.style().unpolish(self._sure)
		self._sure.style().polish(self._sure)
		for side, name in zip(self._sides, (one.first, one.second), strict=True):
			side.show_name(name, self._senders.get(name))
		clear(self._reasons)
		for words in one.reasons:
			self._reasons.addLayout(row(col(Glyph("info", "muted"), None, gap=0), (say(words, wrap=True), 1), gap=8))
		self.name.setText(one.name or one.first)
		self.name_field.set_error(None)
		self._card.setAccessibleName(sentence(one))
		self._show_queue()

	def _show_queue(self) -> None:
		clear(self._rows)
		first = True
		for at, one in enumerate(self.guesses):
			if at == self._at:
				continue
			if not first:
				self._rows.addWidget(rule())
			first = False
			look = link("Look", name=f"Look: {one.first} and {one.second}")
			look.setAccessibleName(f"Look: {one.first} and {one.second}")
			look.clicked.connect(lambda _=False, at=at: self.look(at))
			said = [chip("Put off", "plain")] if one.key in self._put_off else []
			self._rows.addLayout(row((_both(one.first, one.second), 1), *said, look, gap=12, pad=(0, 6, 0, 6)))

	def _show_answers(self) -> None:
		clear(self._answers)
		self._answered.setVisible(bool(self._told))
		for at, one in enumerate(self._told):
			if at:
				self._answers.addWidget(rule())
			back = link("Take back", name=f"Take back: {one.first} and {one.second}, {_ANSWERS[one.said]}")
			back.setAccessibleName(f"Take back: {one.first} and {one.second}, {_ANSWERS[one.said]}")
			back.clicked.connect(lambda _=False, one=one: self.take_back(one.id))
			when = f"{_ANSWERS[one.said]}, {day_words(local(one.at).date(), weekday=False)}"
			self._answers.addLayout(
				row((_both(one.first, one.second), 1), say(when, "muted", wrap=False), back, gap=12, pad=(0, 6, 0, 6))
			)

	def look(self, at: int) -> None:
		"""Show another guess."""
		self._at = at
		self._show()
		self.yes.setFocus()

	def answer(self, said: str) -> None:
		"""Answer the guess that is shown."""
		one = self.current()
		if one is None:
			return
		name = " ".join(self.name.text().split())
		if said == "same" and not name:
			self.name_field.set_error("Say what this person is called")
			self.name.setFocus()
			return

		def done(choice_id: int) -> None:
			self.changed.emit()
			undo = lambda: self.take_back(choice_id)  # noqa: E731
			self._window.toast(_DONE[said].format(one.first, one.second), "Undo", undo)
			self.yes.setFocus()

		self._window.run(
			"Writing the answer down",
			lambda _progress, _stopped: self._council.people.choose(one.key, said, name if said == "same" else None),
			done,
			promise="",
		)

	def take_back(self, choice_id: int) -> None:
		"""Undo an answer."""

		def done(_nothing: object) -> None:
			self.changed.emit()
			self._window.toast("Taken back. The names are as they were.")

		self._window.run(
			"Taking the answer back",
			lambda _progress, _stopped: self._council.people.take_back(choice_id),
			done,
			promise="",
		)


class _Side(QFrame):
	"""One of the two names with what it did."""

	def __init__(self) -> None:
		super().__init__()
		self.setProperty("kind", "decide")
		self._name = say("", "strong", wrap=True)
		self._about = say("", "muted", wrap=True)
		self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
		self.setLayout(col(self._name, self._about, None, gap=0, pad=(14, 8, 14, 8)))

	def show_name(self, rendered: str, sender: Sender | None) -> None:
		"""Show a name, with its messages where it is the one shown for any."""
		self._name.setText(rendered)
		if sender is None:
			self._about.setText("A name on another phone for the same messages.")
			return
		known = f"{sender.name}. " if sender.name and sender.name != rendered else ""
		self._about.setText(f"{known}{count(sender.messages, 'message')} in {', '.join(sender.groups)}")


def sentence(one: SamePerson) -> str:
	"""Return a guess as one sentence."""
	sure = "Hardly a doubt" if one.certain else "Not certain"
	return f"Are {one.first} and {one.second} one person? {sure}. {' '.join(one.reasons)}"


def _both(first: str, second: str) -> QWidget:
	made = box(
		row(
			say(first, "strong", wrap=True),
			say("and", "muted", wrap=False),
			say(second, "strong", wrap=True),
			None,
			gap=6,
		)
	)
	made.setAccessibleName(f"{first} and {second}")
	return made


def _list_card(title: str) -> tuple[QFrame, QVBoxLayout]:
	rows = QVBoxLayout()
	rows.setSpacing(0)
	made = card(say(title, "head", wrap=False), 2, rows, gap=4, pad=20)
	made.layout().setAlignment(Qt.AlignmentFlag.AlignTop)
	return made, rows
