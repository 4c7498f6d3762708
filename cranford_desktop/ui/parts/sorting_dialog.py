"""Kind and tags of the messages chosen: to them, the rest of their day or the whole day; on and off in one go."""

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QCheckBox, QCompleter, QGridLayout, QRadioButton

from cranford_desktop.domain.messages import Category, MessageRow
from cranford_desktop.domain.sorting import LONGEST_TAG, SHOWS, Reach, Saying, Tag, TagRef, TagSort, tag_name
from cranford_desktop.services.council import Council
from cranford_desktop.ui.parts.ask import Ask
from cranford_desktop.ui.parts.controls import Choice, field, link
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import Item, box, col
from cranford_desktop.ui.parts.sorting_words import KINDS, all_of
from cranford_desktop.ui.parts.wording import count, day_words

MANY = 500
"""Messages looked at before they are sorted; of more than these it is not said beforehand what they carry."""
_STAY = "Leave as it is"


class SortingDialog(Ask):
	"""Asks what to say of messages; `ids` and `saying` are the answer."""

	def __init__(self, council: Council, window, rows: Sequence[MessageRow], ids: Sequence[int] = ()) -> None:
		"""Take the messages chosen, at least one; `ids`: all of them, where `rows` are only the first of very many."""
		super().__init__(window, "Kind and tags", "", "Save", width=540)
		self._council, self._window, self._rows = council, window, tuple(rows)
		self._ids = list(ids) or [row.id for row in rows]
		self._held = all_of(rows) if len(self._ids) == len(rows) else None
		self._reaches = self._offered()
		self.reach = Choice(*(words for _, words, _ in self._reaches))
		self.reach.currentIndexChanged.connect(lambda _at: self._read())
		self.kinds: dict[Category | None, QRadioButton] = {}
		self._kinds = QButtonGroup(self)
		self.told = say("", "muted", wrap=True)
		self.tags: dict[int, QCheckBox] = {}
		self.shows: dict[str, QCheckBox] = {}
		self._were: dict[QCheckBox, Qt.CheckState] = {}
		self.new_tag = field()
		self._new = FormField("A new tag", self.new_tag, "One or two words: Mill Lane, allotments.", optional=True)
		self.suggested = link("")
		self.suggested.clicked.connect(self._follow)
		parts: list[Item] = [FormField("Which messages?", self.reach)] if len(self._reaches) > 1 else []
		parts.append(self._kind_part())
		if any(row.attachments for row in rows):
			parts.append(self._shows_part())
		known = [one for one in council.sorting.tags() if one.sort == "topic"]
		if known:
			parts.append(self._tag_part(known))
		parts.append(self._new)
		self.add(*parts)
		completer = QCompleter(QStringListModel([one.name for one in known], self), self.new_tag)
		completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
		self.new_tag.setCompleter(completer)
		self._read()
		self.kinds[self._held].setFocus()

	def _offered(self) -> list[tuple[Reach, str, list[int]]]:
		first = self._rows[0]
		day = day_words(first.sent_at.date(), weekday=False)
		words = "This message" if len(self._ids) == 1 else f"The {len(self._ids):,} messages chosen"
		found: list[tuple[Reach, str, list[int]]] = [("these", words, self._ids)]
		seen = [set(self._ids)]
		for reach, what in (
			("rest_of_day", "From here to the end of the day"),
			("day", f"All of {day} in {first.group}"),
		):
			ids = self._council.sorting.reach(self._ids, reach)
			if ids and set(ids) not in seen:
				seen.append(set(ids))
				found.append((reach, f"{what}: {count(len(ids), 'message')}", ids))
		return found

	def _kind_part(self):
		label = say("Kind of business", "strong")
		held = self._held
		buttons = []
		options = [*KINDS] if held is not None else [*KINDS, (None, _STAY, "The messages are of several kinds.")]
		for kind, name, told in options:
			one = QRadioButton(name)
			one.setAccessibleName(name)
			one.setAccessibleDescription(told)
			one.setChecked(kind == held)
			one.toggled.connect(lambda on, told=told: self.told.setText(told) if on else None)
			if kind == held:
				self.told.setText(told)
			self._kinds.addButton(one)
			self.kinds[kind] = one
			buttons.append(one)
		return box(col(label, _grid(buttons, 3), self.told, self.suggested, gap=4))

	def _shows_part(self):
		label = say("What the photo or file shows", "strong")
		for name in SHOWS:
			self.shows[name] = QCheckBox(name)
			self.shows[name].clicked.connect(lambda _on, name=name: self.shows[name].setTristate(False))
		return box(col(label, _grid(list(self.shows.values()), 3), gap=4))

	def _tag_part(self, known: Sequence[Tag]):
		label = say("Tags", "strong")
		for one in known:
			tick = self.tags[one.id] = QCheckBox(one.name.replace("&", "&&"))
			tick.clicked.connect(lambda _on, tick=tick: tick.setTristate(False))
		return box(col(label, _grid(list(self.tags.values()), 2), gap=4))

	def ids(self) -> list[int]:
		"""Return the messages that are meant."""
		return self._reaches[self.reach.currentIndex()][2]

	def kind(self) -> Category | None:
		"""Return the kind that is chosen; None to leave the kinds as they are."""
		return next((kind for kind, one in self.kinds.items() if one.isChecked()), None)

	def _read(self) -> None:
		"""Show which tags the messages meant carry: all of them, some (a dash), none. Very many may carry any."""
		ids = self.ids()
		held = self._council.sorting.tags_of(ids[:MANY])
		for tick, has in self._carried(held).items():
			some = Qt.CheckState.PartiallyChecked
			state = Qt.CheckState.Unchecked if not has else Qt.CheckState.Checked if len(has) == len(ids) else some
			state = some if len(ids) > MANY else state
			tick.setTristate(state == some)
			tick.setCheckState(state)
			self._were[tick] = state
		made = self._council.sorting.suggestion(self._rows[0]) if len(self._rows) == 1 else None
		self._suggestion = made
		self.suggested.setVisible(made is not None)
		if made is not None:
			self.suggested.say(f"Looks {made.kind}. {made.reason}")

	def _carried(self, held: dict[int, tuple[TagRef, ...]]) -> dict[QCheckBox, set[int]]:
		"""Return for each tick the messages that carry its tag."""
		found = {
			tick: {message for message, tags in held.items() if any(one.id == known for one in tags)}
			for known, tick in self.tags.items()
		}
		for name, tick in self.shows.items():
			found[tick] = {message for message, tags in held.items() if any(one.name == name for one in tags)}
		return found

	def _follow(self) -> None:
		if self._suggestion is not None:
			self.kinds[self._suggestion.kind].setChecked(True)
			self.kinds[self._suggestion.kind].setFocus()

	def faults(self) -> dict[FormField, str]:
		long = len(tag_name(self.new_tag.text())) > LONGEST_TAG
		return {self._new: f"A tag has at most {LONGEST_TAG} letters"} if long else {}

	def fields(self) -> tuple[FormField, ...]:
		return (self._new,)

	def saying(self) -> Saying:
		"""Return what is to be said of the messages: only what she changed."""
		tags = {one.id: one for one in self._council.sorting.tags()}
		shown = {one.name: one.id for one in tags.values() if one.sort == "shows"}
		off = [known for known, tick in self.tags.items() if self._went(tick, Qt.CheckState.Unchecked)]
		off += [shown[name] for name, tick in self.shows.items() if self._went(tick, Qt.CheckState.Unchecked)]
		put: list[tuple[str, TagSort]] = [
			(tags[known].name, "topic") for known, tick in self.tags.items() if self._went(tick, Qt.CheckState.Checked)
		]
		put += [(name, "shows") for name, tick in self.shows.items() if self._went(tick, Qt.CheckState.Checked)]
		if tag_name(self.new_tag.text()):
			put.append((self.new_tag.text(), "topic"))
		return Saying(self.kind(), tuple(put), tuple(off))

	def _went(self, tick: QCheckBox, to: Qt.CheckState) -> bool:
		return tick.checkState() == to and self._were[tick] != to


def _grid(boxes: Sequence[QAbstractButton], across: int) -> QGridLayout:
	made = QGridLayout()
	made.setContentsMargins(0, 0, 0, 0)
	made.setVerticalSpacing(4)
	for at, one in enumerate(boxes):
		made.addWidget(one, at // across, at % across)
	for at in range(across):
		made.setColumnStretch(at, 1)
	return made
