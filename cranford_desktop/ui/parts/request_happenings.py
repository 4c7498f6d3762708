"""Carries out what a request's page asks for: records events, takes them back, adds bank holidays, gives reasons."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from cranford_desktop.domain.request_events import EventKind
from cranford_desktop.domain.requests import Request
from cranford_desktop.errors import CranfordError
from cranford_desktop.ui.parts.event_dialogs import ReasonsDialog, dialog_for
from cranford_desktop.ui.parts.event_words import EVENTS
from cranford_desktop.ui.parts.holidays_dialog import HolidaysDialog
from cranford_desktop.ui.parts.wording import day_words


class Happenings:
	"""The dialogs of a request, and what is said when they are done."""

	def __init__(self, parent: QWidget, council, window, done: Callable[[], object]) -> None:
		"""Take the tab above which the dialogs open, the open council, the window, and what shows the change."""
		self._parent, self._council, self._window, self._done = parent, council, window, done

	def record(self, request: Request, kind: EventKind) -> None:
		"""Ask for the day and the line of an event, and keep it."""
		before = request.due
		if not dialog_for(self._parent, kind, self._council, request).exec():
			return
		after = self._council.requests.get(request.id)
		moved = after.status == "open" and after.due != before and after.waiting_since is None
		self._window.toast(
			f"{request.reference}: {EVENTS[kind].told[:1].lower()}{EVENTS[kind].told[1:]}."
			+ (f" The last day is {day_words(after.due)} now." if moved else "")
		)
		self._done()

	def take_back(self, event_id: int) -> None:
		"""Take an event back."""
		try:
			self._council.request_events.take_back(event_id)
		except CranfordError as problem:
			self._window.problem(problem)
			return
		self._window.toast("Taken back. The request stands as before.")
		self._done()

	def follow(self, request: Request, what: str) -> None:
		"""Open what the page wants: the bank holidays, or the reasons under a new law."""
		if what == "holidays":
			self.holidays()
			return
		asked = ReasonsDialog(self._parent, self._council, request)
		if asked.exec():
			asked.record()
			self._done()

	def holidays(self) -> None:
		"""Show the bank holidays that were added, to add one or take one back."""
		asked = HolidaysDialog(self._parent, self._council)
		asked.exec()
		if asked.said:
			self._window.toast(asked.said)
			self._done()
