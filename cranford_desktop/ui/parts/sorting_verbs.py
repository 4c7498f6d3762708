"""What the archive does with kinds and tags of the messages chosen: a part of their menu, keys, undo, a meeting."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from cranford_desktop.domain.messages import CATEGORIES, Category
from cranford_desktop.domain.sorting import Act, Saying, Undone
from cranford_desktop.services.council import Council
from cranford_desktop.ui.parts.meeting_dialogs import TakeDialog
from cranford_desktop.ui.parts.sorting_dialog import MANY, SortingDialog
from cranford_desktop.ui.parts.sorting_words import KINDS, act_words, all_of, undone_words
from cranford_desktop.ui.parts.wording import count, short

OFF_KEY = Qt.Key.Key_0
"""Takes all tags off. The keys 1 to 4 say the kinds, in their order."""
_BREACH = "2.4"
"""The sentence of the policy that personal messages break."""


class SortingVerbs(QObject):
	"""`changed(ids)`: these messages were sorted, or an act undone (none named)."""

	changed = Signal(object)

	def __init__(self, council: Council, window, parent: QObject) -> None:
		super().__init__(parent)
		self._council, self._window = council, window
		self._watched: dict[QObject, Callable[[], Sequence[int]]] = {}

	def watch(self, view: QWidget, chosen: Callable[[], Sequence[int]]) -> None:
		"""Let the keys 1 to 4 and 0 act on what is chosen in a view, while it has the keys."""
		self._watched[view] = chosen
		view.installEventFilter(self)

	def eventFilter(self, watched, event):
		if event.type() != QEvent.Type.KeyPress or watched not in self._watched:
			return False
		if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
			return False
		ids = [one for one in self._watched[watched]() if one]
		at = event.key() - Qt.Key.Key_1
		if not ids or not (0 <= at < len(CATEGORIES) or event.key() == OFF_KEY):
			return False
		if event.key() == OFF_KEY:
			self.untag(ids)
		else:
			self.say_kind(ids, CATEGORIES[at])
		return True

	# the menu
	def fill(self, menu: QMenu, ids: tuple[int, ...]) -> None:
		"""Put kinds, tags and the way to a meeting into the menu of some messages."""
		rows = self._council.browsing.rows(ids[:MANY])
		if not rows:
			return
		here, alone = all_of(rows) if len(ids) <= MANY else None, rows[0] if len(ids) == 1 else None
		kinds = menu.addMenu("Kind of business")
		for at, (kind, name, _) in enumerate(KINDS, 1):
			act = kinds.addAction(f"{name}\t{at}")
			act.setCheckable(True)
			act.setChecked(kind == here)
			act.triggered.connect(lambda _=False, kind=kind: self.say_kind(ids, kind))
		suggested = self._council.sorting.suggestion(alone) if alone is not None else None
		if suggested is not None:
			kinds.addSeparator()
			act = kinds.addAction(f"Looks {suggested.kind}. {short(suggested.reason, 70)}".replace("&", "&&"))
			act.triggered.connect(lambda: self.say_kind(ids, suggested.kind))
		menu.addAction("Kind and tags…").triggered.connect(lambda: self.ask(ids))
		if len(ids) > MANY or any(row.tags for row in rows):
			menu.addAction("Take all tags off\t0").triggered.connect(lambda: self.untag(ids))
		if here == "personal":
			menu.addAction("Log it as a policy breach…").triggered.connect(lambda: self.log_breach(ids))
		menu.addSeparator()
		reason = self._council.meetings.suggestion(alone) if alone is not None else None
		words = "Take to a meeting…" if reason is None else f"Take to a meeting… {short(reason, 60)}"
		menu.addAction(words.replace("&", "&&")).triggered.connect(lambda: self.take(ids[0]))

	# acts
	def say_kind(self, ids: Sequence[int], kind: Category) -> None:
		"""Say what kind of business messages are."""
		self._do(ids, Saying(kind=kind))

	def say_shows(self, ids: Sequence[int], name: str, on: bool) -> None:
		"""Say that photos or files show an event, an asset or a project, or that they do not."""
		held = [tag.id for tag in self._council.sorting.tags() if tag.sort == "shows" and tag.name == name]
		self._do(ids, Saying(put=((name, "shows"),)) if on else Saying(off=tuple(held)))

	def untag(self, ids: Sequence[int]) -> None:
		"""Take all tags off messages."""
		self._do(ids, Saying(off=tuple(tag.id for tag in self._council.sorting.tags())))

	def ask(self, ids: Sequence[int]) -> None:
		"""Ask for kind, tags and how far they reach."""
		rows = self._council.browsing.rows(ids[:MANY])
		if rows:
			asked = SortingDialog(self._council, self._window, rows, ids)
			asked.accepted.connect(lambda: self._do(asked.ids(), asked.saying()))
			asked.open()

	def take(self, message_id: int) -> None:
		"""Take a message to a meeting, or change what was taken."""
		rows = self._council.browsing.rows([message_id])
		if rows:
			asked = TakeDialog(self._council, self._window, rows[0])
			asked.taken.connect(lambda: self.changed.emit([message_id]))
			asked.open()

	def log_breach(self, ids: Sequence[int]) -> None:
		"""Begin to log a policy breach about messages, under the sentence on personal matters."""
		self._window.go("cases")
		self._window.tab_pages["cases"].start_breach(ids, _BREACH)

	def undo(self) -> None:
		"""Undo the last act that stands."""
		self._run_undoing(lambda: [one for one in [self._council.sorting.undo()] if one is not None])

	def _do(self, ids: Sequence[int], saying: Saying) -> None:
		def done(acts: list[Act]) -> None:
			if not acts:
				self._window.toast("Nothing to change: it is so already.", done=False)
				return
			words = f"{act_words(acts[0])}." if len(acts) == 1 else f"{count(len(ids), 'message')} sorted."
			if any(one.kind == "personal" for one in acts):
				words += " Browsing leaves it out now." if len(ids) == 1 else " Browsing leaves them out now."
			self._window.toast(words, "Undo", lambda: self._undo_all([one.id for one in acts]))
			self._tell(ids)

		self._window.run(
			"Sorting messages",
			lambda _progress, stopped: self._council.sorting.say(ids, saying, stopped),
			done,
			promise="All of it is done, or nothing.",
		)

	def _undo_all(self, act_ids: list[int]) -> None:
		self._run_undoing(lambda: self._council.sorting.undo_all(act_ids))

	def _undone(self, undone: list[Undone]) -> None:
		if not undone:
			self._window.toast("There is nothing to undo.", done=False)
			return
		words = " ".join(undone_words(one) for one in undone) if len(undone) < 3 else f"{len(undone)} changes undone."
		self._window.toast(words)
		self._tell([])

	def _tell(self, ids: Sequence[int]) -> None:
		self._window.changed()
		self.changed.emit(list(ids))

	def _run_undoing(self, call: Callable[[], list[Undone]]) -> None:
		self._window.run("Undoing", lambda _progress, _stopped: call(), self._undone, promise="")
