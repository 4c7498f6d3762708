"""The pages of a request beside its main flow: where else was looked, asking members, time, refusing it whole."""

from typing import Any

from PySide6.QtWidgets import QWidget

from cranford_desktop.domain.disclosure import Request
from cranford_desktop.errors import CranfordError
from cranford_desktop.services.council import Council
from cranford_desktop.ui.parts.ask_page import AskPage
from cranford_desktop.ui.parts.layouts import Fold
from cranford_desktop.ui.parts.patterns import flow_head
from cranford_desktop.ui.parts.pdf_page import PdfPage
from cranford_desktop.ui.parts.places_page import PlacesPage
from cranford_desktop.ui.parts.refuse_dialog import RefuseDialog
from cranford_desktop.ui.parts.time_page import TimePage


class RequestMore:
	"""Opens these pages in the stack of the tab."""

	def __init__(self, council: Council, window, tab) -> None:
		"""Take the tab: its stack, its way back, its letters."""
		self._council, self._window, self._tab = council, window, tab
		self.places = PlacesPage(council, window)
		self.time = TimePage(council, window)
		self.asking: AskPage | None = None
		self._passing: list[QWidget] = []
		for part in (self.places, self.time):
			tab.stack.addWidget(part)
			part.left.connect(self._back)
			part.changed.connect(window.changed)
			part.letter.connect(self._letter)
		self.places.asking.connect(self.ask)

	def open(self, key: str, request: Request) -> None:
		"""Open one of these pages by the key of its row; any other key does nothing."""
		if key in ("places", "without"):
			self.places.show_request(request, without=key == "without")
			self._show(self.places)
			self.places.go.setFocus()
		elif key == "time":
			self.time.show_request(request)
			self._show(self.time)
			self.time.minutes.setFocus()
		elif key == "refuse":
			self.refuse(request)

	def back(self) -> bool:
		"""Go one step back from one of these pages; say whether one was shown."""
		here = self._tab.stack.currentWidget()
		if here in self._passing:
			self._close(here)
			return True
		if here in (self.places, self.time):
			self._back()
			return True
		return False

	def _back(self) -> None:
		self._tab.show_request()

	def _show(self, part: QWidget) -> None:
		self._tab.stack.setCurrentWidget(part)

	def _letter(self, kind: str) -> None:
		self._tab.write(kind)

	# a page over the others
	def _pass(self, shown: QWidget) -> None:
		self._passing.append(shown)
		self._tab.stack.addWidget(shown)
		self._show(shown)

	def _close(self, shown: QWidget) -> None:
		"""Take a page away again; what was under it is shown as it is now."""
		self._passing.remove(shown)
		below = self._passing[-1] if self._passing else self.places
		self._show(below)
		self._tab.stack.removeWidget(shown)
		shown.deleteLater()

	# asking members
	def ask(self) -> None:
		"""Ask members what they hold: those are ticked whose exports do not reach the day the request came."""
		council, request = self._council, self.places.request

		def look(_progress: object, _stopped: object) -> tuple[Any, ...]:
			return council.places.members_behind(request.id), council.people.people()

		def show(found: tuple[Any, ...]) -> None:
			members, people = found
			shown = AskPage(council, members, (), people, {}, kind="request", request_id=request.id)
			head = flow_head("Ask members", "Where else was looked")
			whole = Fold(head, shown, shown.foot)
			head.back.clicked.connect(lambda: self._close(whole))
			shown.pdf.connect(self._show_pdf)
			shown.marking.connect(lambda page: self._asked(page, whole))
			self.asking = shown
			self._pass(whole)
			shown.first.setFocus()

		self._window.run("Looking up who is a member", look, show, promise="Nothing is changed by looking.")

	def _asked(self, page: AskPage, whole: QWidget) -> None:
		chosen = page.chosen()
		request = self.places.request
		try:
			made = self._council.places.ask(request.id, chosen.person_ids, chosen.how, on=chosen.on, due=chosen.due)
		except CranfordError as problem:
			self._window.problem(problem)
			return
		self.places.show_request(request)
		self._close(whole)
		self.places.ask.setFocus()
		self._window.changed()
		self._window.toast(f"{len(made)} {'member is' if len(made) == 1 else 'members are'} down as asked.")

	def _show_pdf(self, data: bytes, title: str) -> None:
		shown = PdfPage(self._window, data, title, lambda: self._close(shown))
		self._pass(shown)

	# refusing
	def refuse(self, request: Request) -> None:
		"""Ask for which reason the whole request is refused, and go on to that letter."""
		asked = RefuseDialog(self._tab, request)
		if not asked.exec():
			return
		way = asked.way()
		if way.ground:
			self._council.letters.answer(request.id, {"whole_ground": way.ground})
		self._tab.write(way.letter)
