"""Kinds and tags: the council's tags, what looks personal, and what was done, each act with its way back."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from cranford_desktop.domain.sorting import LONGEST_TAG, Act, SuggestedKind, Tag, tag_name
from cranford_desktop.services.council import Council
from cranford_desktop.ui.parts.ask import Ask
from cranford_desktop.ui.parts.controls import Choice, button, field, link
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.labels import chip, say
from cranford_desktop.ui.parts.layouts import Item, box, card, clear, col, frame, page, row, rule
from cranford_desktop.ui.parts.patterns import empty, flow_head
from cranford_desktop.ui.parts.quoted_row import quoted_row, show_link, source_words
from cranford_desktop.ui.parts.sorting_words import KIND_NAMES, act_words, undone_words
from cranford_desktop.ui.parts.wording import count, day_words, local

PARTS = (("tags", "Tags"), ("personal", "What looks personal"), ("acts", "What you did"))
AT_ONCE = 40
"""Rows shown at a time; the rest come with a link."""
_NOTHING_CHANGED = "Nothing is changed by looking."


class SortingPage(QWidget):
	"""`closed`: back to the archive; `message_wanted(int)`: show a message in its conversation."""

	closed = Signal()
	message_wanted = Signal(int)

	def __init__(self, council: Council, window) -> None:
		super().__init__()
		self._council, self._window = council, window
		self._part, self._many = "tags", AT_ONCE
		self._body = QWidget()
		self._box = QVBoxLayout(self._body)
		self._box.setContentsMargins(0, 0, 0, 0)
		group = QButtonGroup(self)
		self.segments = {}
		for key, words in PARTS:
			one = self.segments[key] = button(words, "seg")
			one.setCheckable(True)
			one.clicked.connect(lambda _=False, key=key: self.show_part(key))
			group.addButton(one)
		top = frame(row(*self.segments.values(), None, gap=4, pad=(24, 8, 24, 8)), "header")
		head = flow_head("Kinds and tags", "Archive", on_back=self.closed.emit)
		self.setLayout(col(head, rule(), top, rule(), (self._body, 1), gap=0))

	def refresh(self) -> None:
		"""Read what is shown again."""
		self.show_part(self._part, many=self._many)

	def show_part(self, part: str, *, many: int = AT_ONCE) -> None:
		"""Show one of `PARTS`."""
		self._part, self._many = part, many
		self.segments[part].setChecked(True)
		sorting = self._council.sorting
		look: dict[str, tuple[Callable[..., Any], Callable[[Any], object]]] = {
			"tags": (lambda _p, _s: sorting.tags(), self._show_tags),
			"personal": (sorting.suggestions, self._show_suggestions),
			"acts": (lambda _p, _s: sorting.acts(), self._show_acts),
		}
		call, show = look[part]

		def done(found: Any) -> None:
			if self._part == part:
				clear(self._box)
				show(found)

		self._window.run("Looking", call, done, cancelled=lambda: None, promise=_NOTHING_CHANGED)

	# tags
	def _show_tags(self, tags: Sequence[Tag]) -> None:
		topics, shows = [one for one in tags if one.sort == "topic"], [one for one in tags if one.sort == "shows"]
		if not tags:
			told = "No message has a tag yet. Choose messages in the archive, then “Kind and tags…”."
			self._box.addWidget(empty("tag", told, self._to_archive()))
			return
		items: list[Item] = [say("Tags", "title"), say("Tags help you to find. They change nothing else.", "muted")]
		if topics:
			items.append(self._card([self._tag_row(one, topics) for one in topics]))
		if shows:
			items += [
				6,
				say("What photos and files show", "head"),
				self._card([self._tag_row(one, ()) for one in shows]),
			]
		self._box.addWidget(page(*items, width=860, gap=10))

	def _tag_row(self, tag: Tag, others: Sequence[Tag]) -> QWidget:
		verbs: list[Item] = []
		if tag.sort == "topic":
			verbs.append(self._verb("Rename…", tag.name, lambda: self.ask_rename(tag)))
			if len(others) > 1:
				verbs.append(self._verb("Join…", tag.name, lambda: self.ask_merge(tag, others)))
			verbs.append(self._verb("Remove", tag.name, lambda: self.act(lambda: self._council.sorting.forget(tag.id))))
		made = box(
			row(
				(say(tag.name, "strong", wrap=True), 1),
				say(count(tag.messages, "message"), "muted", wrap=False),
				12,
				*verbs,
				gap=10,
				pad=(0, 6, 0, 6),
			)
		)
		made.setAccessibleName(f"{tag.name}, {count(tag.messages, 'message')}")
		return made

	def ask_rename(self, tag: Tag) -> None:
		"""Ask for another name of a tag."""
		asked = RenameDialog(self, tag)
		asked.accepted.connect(lambda: self.act(lambda: self._council.sorting.rename(tag.id, asked.name.text())))
		asked.open()

	def ask_merge(self, tag: Tag, others: Sequence[Tag]) -> None:
		"""Ask which tag takes this one in."""
		asked = JoinDialog(self, tag, [one for one in others if one.id != tag.id])
		asked.accepted.connect(lambda: self.act(lambda: self._council.sorting.merge(tag.id, asked.chosen())))
		asked.open()

	# suggestions
	def _show_suggestions(self, found: Sequence[SuggestedKind]) -> None:
		if not found:
			self._box.addWidget(empty("checkmark_circle", "Nothing looks personal.", self._to_archive(), ink="ok"))
			return
		rows = [self._suggestion(one) for one in found[: self._many]]
		items: list[Item] = [
			say("What looks personal", "title"),
			say(
				"Words point to these messages; you decide. In an official group a message is council business until "
				"you say otherwise, so nothing has to be done here.",
				"muted",
				wrap=True,
			),
			self._card(rows),
		]
		if len(found) > self._many:
			more = link(f"Show {min(AT_ONCE, len(found) - self._many)} more")
			more.clicked.connect(lambda: self.show_part("personal", many=self._many + AT_ONCE))
			items.append(row(more, None))
		self._box.addWidget(page(*items, width=960, gap=10))

	def _suggestion(self, one: SuggestedKind) -> QWidget:
		message, kind = one.row, one.suggestion.kind
		show = show_link(message)
		show.clicked.connect(lambda: self.message_wanted.emit(message.id))
		mark = button(
			f"Mark {KIND_NAMES[kind].lower()}", name=f"Mark {KIND_NAMES[kind].lower()}: {source_words(message)}"
		)
		mark.clicked.connect(lambda: self.act(lambda: self._council.sorting.say_kind([message.id], kind)))
		stay = button("Council business", name=f"It is council business: {source_words(message)}")
		stay.clicked.connect(lambda: self._put_aside(message.id))
		return quoted_row(message, [say(one.suggestion.reason, "strong", wrap=True)], [], [mark, stay, show])

	def _put_aside(self, message_id: int) -> None:
		def done(_nothing: object) -> None:
			self._window.toast("It stays council business and is not shown here again.")
			self.refresh()

		self._run(lambda: self._council.sorting.put_aside(message_id), done)

	# acts
	def _show_acts(self, acts: Sequence[Act]) -> None:
		if not acts:
			self._box.addWidget(empty("history", "Nothing was sorted yet.", self._to_archive()))
			return
		rows = [self._act_row(one) for one in acts]
		self._box.addWidget(
			page(
				say("What you did", "title"),
				say("Any of it can be undone. What was sorted again since then stays as it is.", "muted", wrap=True),
				self._card(rows),
				width=860,
				gap=10,
			)
		)

	def _act_row(self, one: Act) -> QWidget:
		at = local(one.at)
		words = act_words(one)
		told = col(
			say(words, "strong", wrap=True),
			say(f"{day_words(at.date(), weekday=False)}, {at:%H:%M}", "small", wrap=False),
			gap=1,
		)
		if one.undone_at is not None:
			verb: Item = chip("Undone")
		else:
			verb = self._verb("Undo", words, lambda: self.undo(one.id))
		return box(row((told, 1), verb, gap=10, pad=(0, 8, 0, 8)))

	def undo(self, act_id: int) -> None:
		"""Undo one act."""

		def done(undone) -> None:
			if undone is not None:
				self._window.toast(undone_words(undone))
			self._changed()

		self._run(lambda: self._council.sorting.undo(act_id), done)

	def act(self, do: Callable[[], Act | None]) -> None:
		"""Do something with tags or kinds and say what, with Undo."""

		def done(made: Act | None) -> None:
			if made is not None:
				self._window.toast(f"{act_words(made)}.", "Undo", lambda: self.undo(made.id))
			self._changed()

		self._run(do, done)

	# parts
	def _changed(self) -> None:
		self._window.changed()
		self.refresh()

	def _run(self, call: Callable[[], object], done: Callable[[Any], object]) -> None:
		self._window.run("Writing it down", lambda _p, _s: call(), done, promise="All of it is done, or nothing.")

	def _card(self, rows: Sequence[QWidget]) -> QWidget:
		items: list[Item] = []
		for at, one in enumerate(rows):
			items += [*([rule()] if at else []), one]
		return card(*items, gap=0, pad=(16, 4, 16, 4))

	def _verb(self, words: str, what: str, do: Callable[[], object]) -> QWidget:
		made = link(words, name=f"{words} {what}")
		made.clicked.connect(lambda _=False: do())
		return made

	def _to_archive(self) -> QWidget:
		go = button("To the archive", "primary")
		go.clicked.connect(self.closed)
		return go


class RenameDialog(Ask):
	"""Another name for a tag."""

	def __init__(self, parent: QWidget, tag: Tag) -> None:
		super().__init__(
			parent, f"Rename “{tag.name}”", f"{count(tag.messages, 'message')} carry it.", "Rename", width=460
		)
		self.name = field(tag.name)
		self._name = FormField("Its new name", self.name, f"At most {LONGEST_TAG} letters.")
		self.add(self._name)
		self.name.selectAll()
		self.name.setFocus()

	def faults(self) -> dict[FormField, str]:
		words = tag_name(self.name.text())
		if not words:
			return {self._name: "A tag needs a name"}
		return {self._name: f"A tag has at most {LONGEST_TAG} letters"} if len(words) > LONGEST_TAG else {}

	def fields(self) -> tuple[FormField, ...]:
		return (self._name,)


class JoinDialog(Ask):
	"""Which tag takes another one in."""

	def __init__(self, parent: QWidget, tag: Tag, others: Sequence[Tag]) -> None:
		super().__init__(
			parent,
			f"Join “{tag.name}” with another tag",
			f"{count(tag.messages, 'message')} then carry the other tag, and “{tag.name}” goes. You can undo it.",
			"Join them",
			width=480,
		)
		self._others = list(others)
		self.into = Choice(*(f"{one.name} – {count(one.messages, 'message')}" for one in others))
		self.add(FormField("Which tag stays?", self.into))
		self.into.setFocus()

	def chosen(self) -> int:
		"""Return the tag that stays."""
		return self._others[max(0, self.into.currentIndex())].id
