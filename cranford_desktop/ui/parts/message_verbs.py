"""What can be done with messages in the archive: log a case, add to a request, save or print, see what phones show."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QMenu, QWidget

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.services.council import Council
from cranford_desktop.ui.parts.controls import Button, button
from cranford_desktop.ui.parts.layouts import row
from cranford_desktop.ui.parts.transfer_dialog import TransferDialog, offers
from cranford_desktop.ui.parts.wording import count

Section = Callable[[QMenu, tuple[int, ...]], object]
"""Puts acts of its own into the menu of some messages."""

_LOG = ("Log a dispute or breach…", "Log it…")
_ADD = ("Add to a request…", "Request…")
_RECORD = "Record as a request…"
_SHOW = ("What the phones show", "Phones")
_SAVE = ("Save or print…", "Save…")


class MessageVerbs(QFrame):
	"""The bar of verbs under the conversation, and the menu of a message; both act on what is chosen.

	`phones_wanted`: show what the phones show. `day_wanted`: choose the whole day.
	"""

	phones_wanted = Signal()
	day_wanted = Signal()

	def __init__(self, council: Council, window) -> None:
		super().__init__()
		self.setProperty("kind", "header")
		self._council, self._window = council, window
		self.chosen: Callable[[], Sequence[int]] = tuple
		"""Set by the tab: the messages the bar acts on."""
		self.listed: Callable[[], tuple[MessageFilter, int]] = lambda: (MessageFilter(), 0)
		"""Set by the tab: what is listed, and how many that is."""
		self.sections: list[Section] = []
		"""What other pages put into the menu."""
		self._log = button(_LOG[0], "quiet", "scales")
		self._log.clicked.connect(lambda: self.log_case(self.chosen()))
		self._add = button(_ADD[0], "quiet", "mail_inbox")
		self._add.clicked.connect(lambda: self.request_menu(self.chosen()).exec(_above(self._add)))
		self._show = button(_SHOW[0], "quiet", "layer")
		self._show.clicked.connect(self.phones_wanted)
		self._save = button(_SAVE[0], "quiet", "print")
		self._save.clicked.connect(lambda: self.save(self.chosen()))
		self._more = button("", "quiet", "more_horizontal", name="More to do with this message")
		self._more.clicked.connect(lambda: self.menu(self.chosen()).exec(_above(self._more)))
		self.setLayout(row(self._log, self._add, self._show, self._save, None, self._more, gap=2, pad=(10, 4, 10, 4)))

	@property
	def first(self) -> QWidget:
		"""Return the first verb, for the keys."""
		return self._log

	# acts
	def log_case(self, message_ids: Sequence[int]) -> None:
		"""Start logging a case about messages."""
		ids = [one for one in message_ids if one]
		if ids:
			self._window.go("cases:new", message_ids=ids)

	def save(self, message_ids: Sequence[int]) -> None:
		"""Save or print messages for the council's own files: those chosen, their day, or all that is listed."""
		here = next(iter(self._council.browsing.rows(message_ids[:1])), None)
		choices = offers(message_ids, here, *self.listed())
		if choices:
			TransferDialog(self._council, self._window, choices).open()

	def add_to_request(self, request_id: int, reference: str, message_ids: Sequence[int]) -> None:
		"""Add messages to a request's set."""
		ids = tuple(one for one in message_ids if one)

		def done(record) -> None:
			self._window.changed()
			standing = self._council.gathering.standing(request_id)
			if record.added:
				again = standing.confirmed_before and not standing.confirmed
				told = " Its list is open again: confirm it again there." if again else ""
				self._window.toast(f"{count(record.added, 'message')} added to {reference}.{told}")
			else:
				self._window.toast(f"Already part of {reference}.")

		self._window.run(
			f"Adding to {reference}",
			lambda _progress, _stopped: self._council.gathering.gather(request_id, MessageFilter(ids=ids)),
			done,
			promise="",
		)

	# menus
	def request_menu(self, message_ids: Sequence[int]) -> QMenu:
		"""Return a menu of the open requests, to add messages to one."""
		menu = _menu(self)
		for request in self._council.requests.requests():
			if request.status != "open":
				continue
			words = f"{request.reference} – {' '.join(request.wording.split())[:48]}".replace("&", "&&")
			act = menu.addAction(words)
			act.triggered.connect(lambda _=False, one=request: self.add_to_request(one.id, one.reference, message_ids))
		if not menu.isEmpty():
			menu.addSeparator()
		ids = tuple(one for one in message_ids if one)
		menu.addAction(_RECORD).triggered.connect(lambda: self._window.go("requests:new", message_ids=ids))
		return menu

	def menu(self, message_ids: Sequence[int]) -> QMenu:
		"""Return the menu of some messages."""
		ids = tuple(one for one in message_ids if one)
		menu = _menu(self)
		if not ids:
			return menu
		if len(ids) > 1:
			menu.addSection(count(len(ids), "message"))
		menu.addAction(_LOG[0]).triggered.connect(lambda: self.log_case(ids))
		add = self.request_menu(ids)
		add.setTitle("Add to a request")
		menu.addMenu(add)
		menu.addAction(_SAVE[0]).triggered.connect(lambda: self.save(ids))
		for section in self.sections:
			menu.addSeparator()
			section(menu, ids)
		menu.addSeparator()
		menu.addAction(_SHOW[0]).triggered.connect(self.phones_wanted)
		menu.addAction("Choose the whole day").triggered.connect(self.day_wanted)
		return menu

	# room
	def resizeEvent(self, event):
		super().resizeEvent(event)
		self.rescale()

	def rescale(self) -> None:
		"""Say the verbs in as many words as there is room for."""
		for at in range(3):
			for verb, words in self._worded():
				verb.say((*words, "")[at])
				verb.setAccessibleName(words[0].removesuffix("…"))
				verb.setToolTip(words[0].removesuffix("…") if at == 2 else "")
			if self._needs() <= self.width():
				break

	def _needs(self) -> int:
		layout = self.layout()
		margins, parts = layout.contentsMargins(), [verb for verb, _ in self._worded()]
		gaps = margins.left() + margins.right() + layout.spacing() * (len(parts) + 1)
		return sum(one.sizeHint().width() for one in (*parts, self._more)) + gaps

	def _worded(self) -> tuple[tuple[Button, tuple[str, str]], ...]:
		return ((self._log, _LOG), (self._add, _ADD), (self._show, _SHOW), (self._save, _SAVE))


def _menu(parent: QWidget) -> QMenu:
	menu = QMenu(parent)
	menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
	return menu


def _above(widget: QWidget) -> QPoint:
	return widget.mapToGlobal(QPoint(0, -4))
