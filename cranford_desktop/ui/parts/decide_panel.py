"""The panel beside the chat: progress, the five decisions, its files, ideas, what is covered up, the keys."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from cranford_desktop.domain.decision_ideas import Idea
from cranford_desktop.domain.disclosure import Candidate, Covered
from cranford_desktop.domain.media_decisions import medium_of
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import bar, button, link
from cranford_desktop.ui.parts.decide_hint import DecideHint
from cranford_desktop.ui.parts.labels import Glyph, key, say
from cranford_desktop.ui.parts.layouts import box, clear, col, frame, row, rule, scroller
from cranford_desktop.ui.parts.media_choices import MediaChoices
from cranford_desktop.ui.parts.patterns import side_panel
from cranford_desktop.ui.parts.wording import count, short

DECISIONS = (
	("R", "Release", "as it is"),
	("D", "Release with redactions", ""),
	("W", "Withhold", "all of it"),
	("N", "Not in scope", ""),
	("P", "Private: not the council’s record", ""),
)


class DecisionButton(QPushButton):
	"""A decision: its key, its words, a note. Clicking never takes the keyboard away from the list."""

	def __init__(self, letter: str, words: str, note: str) -> None:
		super().__init__()
		self._words, self._letter = words, letter
		self.setProperty("kind", "seg")
		self.setCheckable(True)
		self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
		self._note = say(note, "small", wrap=False)
		label = say(words, "strong", wrap=True)
		for part in (label, self._note):
			part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
		self.setLayout(row(key(letter), (label, 1), self._note, gap=10, pad=(10, 7, 12, 7)))
		self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
		self.set_note(note)

	def set_note(self, note: str) -> None:
		"""Say more about the decision for this message."""
		self._note.setText(note)
		self.setAccessibleName(f"{self._words}, key {self._letter}" + (f", {note}" if note else ""))

	def sizeHint(self):
		return self.layout().sizeHint()

	def minimumSizeHint(self):
		return self.layout().minimumSize()

	def nextCheckState(self) -> None:
		"""Leave the state to the page: it shows what is decided, not what was clicked."""


class DecidePanel(QWidget):
	"""Shows one message's decision; tells the page what was asked for."""

	decided = Signal(str)
	"""R, D, W, N or P."""
	undone = Signal()
	uncovered = Signal(int)
	"""A redaction's id."""
	everywhere = Signal(str)
	"""Redact a word or number everywhere: the words to begin with, or none."""
	selection = Signal()
	"""Redact the selected words."""
	look = Signal(str)
	"""A pattern worth a look."""
	media_changed = Signal(str, str)
	"""One file's sha256 and what becomes of it: "release", "withhold", "not_in_scope", "" for undecided."""
	taken = Signal()
	"""The idea that is shown."""
	finished = Signal()
	"""All is decided: on to the check page."""

	def __init__(self) -> None:
		super().__init__()
		theme.scaled(self, "setFixedWidth", 348)
		self._count = say("", "strong", wrap=False)
		self._left = say("", "muted", wrap=False)
		self._bar = bar(0, 1)
		self.buttons: dict[str, DecisionButton] = {}
		for letter, words, note in DECISIONS:
			one = DecisionButton(letter, words, note)
			one.clicked.connect(lambda _=False, letter=letter: self.decided.emit(letter))
			self.buttons[letter] = one
		self.media = MediaChoices()
		self.media.chosen.connect(self.media_changed)
		self.hint = DecideHint()
		self.hint.taken.connect(self.taken)
		self.hint.hide()
		self._covered = QVBoxLayout()
		self._covered.setSpacing(4)
		self.redact_selection = button("Redact the selected words…", ic="text_strikethrough")
		self.redact_everywhere = button("Redact a word, number or person…", ic="text_strikethrough")
		for one in (self.redact_selection, self.redact_everywhere):
			one.setFocusPolicy(Qt.FocusPolicy.TabFocus)
		self.redact_selection.clicked.connect(self.selection)
		self.redact_everywhere.clicked.connect(lambda: self.everywhere.emit(""))
		self._worth = QVBoxLayout()
		self._worth.setSpacing(2)
		self.done = button("Check your answers", "primary")
		self.done.clicked.connect(self.finished)
		self._told = say("", "muted", wrap=True)
		# one place of one height for what differs from message to message: nothing below it may jump
		self._about = QStackedWidget()
		self._about.addWidget(QWidget())
		self._about.addWidget(scroller(box(col(self.hint, self.media, None, gap=2))))
		self._about.addWidget(box(col(self._told, None, gap=0)))
		theme.scaled(self._about, "setFixedHeight", 82)
		self._cover = QStackedWidget()
		for one in (self.redact_everywhere, self.redact_selection):
			self._cover.addWidget(box(row(one, None)))
		self._cover.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
		body = col(
			row(self._count, None, self._left),
			self._bar,
			4,
			*self.buttons.values(),
			self._about,
			self._cover,
			4,
			self._covered,
			6,
			self._worth,
			None,
			gap=6,
			pad=(14, 14, 12, 12),
		)
		self._area = side_panel(body)
		self.undo = button("Undo", "quiet")
		self.undo.setFocusPolicy(Qt.FocusPolicy.TabFocus)
		self.undo.clicked.connect(self.undone)
		foot = frame(
			row(
				key("U"),
				say("undo", "small", wrap=False),
				6,
				key("["),
				key("]"),
				say("context", "small", wrap=False),
				6,
				key("A"),
				say("day", "small", wrap=False),
				None,
				key("Space"),
				say("next", "small", wrap=False),
				gap=5,
				pad=(16, 8, 16, 8),
			),
			"side",
		)
		self._way_on = frame(row(self.done, None, pad=(14, 10, 12, 0)), "side")
		self._way_on.hide()
		self.setLayout(col((self._area, 1), rule(), self._way_on, foot, gap=0))

	@property
	def photos(self) -> QCheckBox:
		"""The tick of the first file of the message."""
		return self.media.media[0].put_in

	def show_progress(self, decided: int, total: int) -> None:
		"""Show how far the whole set is."""
		self._count.setText(f"{decided:,} of {total:,} decided")
		self._left.setText(f"{total - decided:,} left" if decided < total else "All done")
		self._bar.setRange(0, max(1, total))
		self._bar.setValue(decided)
		self._bar.setAccessibleName(f"{decided:,} of {total:,} decided")
		self._way_on.setVisible(total > 0 and decided == total)

	def show_message(
		self,
		candidate: Candidate | None,
		several: int,
		selected: str,
		idea: Idea | None = None,
	) -> None:
		"""Show the current message's decision; `several`: how many are picked; `selected`: words selected in it."""
		choice = candidate.decision.choice if candidate and candidate.decision else None
		covered = candidate.covered if candidate else ()
		letter = {"withhold": "W", "not_in_scope": "N", "not_held": "P"}.get(choice or "")
		if choice == "release":
			letter = "D" if candidate.is_covered else "R"
		for name, one in self.buttons.items():
			one.setChecked(name == letter and several <= 1)
			one.setEnabled(candidate is not None)
		places = count(len(covered), "place") if covered else ""
		self.buttons["D"].set_note(places if several <= 1 else "")
		media = self.media.show_candidate(candidate) if candidate else 0
		self.buttons["R"].set_note("" if covered or several > 1 else _plain(candidate, media))
		self.hint.show_idea(idea, changed=candidate is not None and candidate.changed_since_decided)
		self.media.setVisible(media > 0)
		self._about.setCurrentIndex(2 if candidate is None or several > 1 else (1 if media or idea else 0))
		self._told.setText(
			f"{several:,} messages are picked. A key decides on all of them."
			if several > 1
			else "This message is context. It is not part of the pack."
		)
		self._show_covered(candidate, covered if several <= 1 else ())
		self._cover.setCurrentIndex(1 if selected else 0)
		if selected:
			self.redact_selection.say(f"Redact “{short(selected, 22)}”…")

	def show_worth(self, found: Sequence[tuple[str, str, int]]) -> None:
		"""Show what is worth a look: (pattern, its words, how many)."""
		clear(self._worth)
		if not found:
			return
		self._worth.addWidget(say("Worth a look", "label", wrap=False))
		for name, words, number in found:
			go = link(f"{number:,} {words}", name=f"{number:,} {words} in this request")
			go.setFocusPolicy(Qt.FocusPolicy.TabFocus)
			go.clicked.connect(lambda _=False, name=name: self.look.emit(name))
			icon = {"phone": "phone", "email": "mail_inbox", "postcode": "home"}.get(name, "search")
			self._worth.addWidget(box(row(Glyph(icon), go, None, gap=8)))

	def _show_covered(self, candidate: Candidate | None, covered: Sequence[Covered]) -> None:
		clear(self._covered)
		if candidate is None or not (covered or candidate.beside):
			return
		text = candidate.row.text or ""
		found = [(text[start:end], rule) for start, end, rule in covered] + list(candidate.beside)
		self._covered.addWidget(say("Covered up in this message", "label", wrap=False))
		for words, redaction in found:
			off = button("", "quiet", "dismiss", name=f"Uncover “{short(words, 30)}”")
			off.setFocusPolicy(Qt.FocusPolicy.TabFocus)
			off.clicked.connect(lambda _=False, known=redaction.id: self.uncovered.emit(known))
			where = "only here" if redaction.kind == "span" else "everywhere"
			told = " – ".join(part for part in (redaction.exemption, redaction.reason or where) if part)
			lines = col(say(f"“{short(words, 60)}”", wrap=True), say(told, "small", wrap=True), gap=0)
			self._covered.addWidget(box(row((lines, 1), off, gap=4)))


def _plain(candidate: Candidate | None, media: int) -> str:
	"""Return what a release of this message gives out, in words."""
	if candidate is None or not media:
		return "as it is"
	decided = (medium_of(one, candidate.decision, candidate.media) for one in candidate.row.attachments)
	going = sum(one is not None and one.choice == "release" for one in decided)
	if media == 1:
		return "words and photo" if going else "words only"
	return f"words and {going} of {media} photos" if going else "words only"
