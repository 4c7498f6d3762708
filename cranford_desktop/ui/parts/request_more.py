"""The pages of a request beside its main flow: where else was looked, asking members, time, refusing it whole, and what
follows an answer: a review, the regulator.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from cranford_desktop.domain.disclosure import Request
from cranford_desktop.errors import CranfordError
from cranford_desktop.services.council import Council
from cranford_desktop.ui.parts.ask_page import AskPage
from cranford_desktop.ui.parts.figures_page import FiguresPage
from cranford_desktop.ui.parts.layouts import Fold
from cranford_desktop.ui.parts.patterns import flow_head
from cranford_desktop.ui.parts.pdf_page import PdfPage
from cranford_desktop.ui.parts.places_page import PlacesPage
from cranford_desktop.ui.parts.refuse_dialog import RefuseDialog
from cranford_desktop.ui.parts.review_dialogs import RegulatorDialog, ReviewDialog
from cranford_desktop.ui.parts.review_page import ReviewPage
from cranford_desktop.ui.parts.right_dialogs import RightDecisionDialog, RightDialog
from cranford_desktop.ui.parts.time_page import TimePage


class RequestMore:
	"""Opens these pages in the stack of the tab."""

	def __init__(self, council: Council, window, tab) -> None:
		"""Take the tab: its stack, its way back, its letters."""
		self._council, self._window, self._tab = council, window, tab
		self.places = PlacesPage(council, window)
		self.time = TimePage(council, window)
		self.review = ReviewPage(council, window)
		self.review.first.connect(tab.open_item)
		self.figures = FiguresPage(council, window)
		self.figures.left.connect(self._back)
		self.figures.picked.connect(tab.open_item)
		tab.stack.addWidget(self.figures)
		tab.list.figures.connect(self.show_figures)
		self.asking: AskPage | None = None
		self._passing: list[QWidget] = []
		for part in (self.places, self.time, self.review):
			tab.stack.addWidget(part)
			part.left.connect(self._back)
			part.changed.connect(window.changed)
			part.letter.connect(self._letter)
		self.places.asking.connect(self.ask)

	def open(self, key: str, request: Request) -> None:
		"""Open one of these pages by the key of its row, or ask what it needs."""
		if key in ("places", "without"):
			self.places.show_request(request, without=key == "without")
			self._show(self.places)
			self.places.go.setFocus()
		elif key == "time":
			self.time.show_request(request)
			self._show(self.time)
			self.time.minutes.setFocus()
		elif key.startswith("open:"):
			self._tab.open_item(int(key.partition(":")[2]))
		else:
			acts = {
				"refuse": self.refuse,
				"review": self.open_review,
				"review_new": self.ask_review,
				"regulator": self.ask_regulator,
				"regulator_end": self.ask_regulator,
				"bundle": self.ask_bundle,
				"right": self.ask_right,
				"right_decide": self.decide_right,
			}
			acts[key](request)

	def back(self) -> bool:
		"""Go one step back from one of these pages; say whether one was shown."""
		here = self._tab.stack.currentWidget()
		if here in self._passing:
			self._close(here)
			return True
		if here in (self.places, self.time, self.review, self.figures):
			self._back()
			return True
		return False

	def show_figures(self) -> None:
		"""Show the figures of the year."""
		self._show(self.figures)
		self.figures.open_page()
		self.figures.year.setFocus()

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
			return council.other_places.members_behind(request.id), council.people.people()

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
			made = self._council.other_places.ask(
				request.id, chosen.person_ids, chosen.how, on=chosen.on, due=chosen.due
			)
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

	# afterwards
	def ask_review(self, request: Request) -> None:
		"""Ask who reviews the answer, and open the review."""
		asked = ReviewDialog(self._tab, request.reference, self._council.clock().date())
		if not asked.exec():
			return

		def begin() -> None:
			made = self._council.reviews.start(
				request.id,
				asked_on=asked.day.date(),
				wording=asked.wording.toPlainText(),
				reviewer=asked.chosen(),
				who=asked.who.text(),
				same_because=asked.because.toPlainText(),
			)
			self._tab.open_item(made)

		self._do(begin)

	def open_review(self, request: Request) -> None:
		"""Show a review with what was decided first."""
		first = self._council.requests.get(request.of_request_id)

		def show(candidates) -> None:
			self.review.show_request(request, first, candidates)
			self._show(self.review)
			next(iter(self.review.outcomes.values())).setFocus()

		self._window.run(
			"Reading what was decided",
			lambda _progress, _stopped: self._council.deciding.candidates(first.id),
			show,
			promise="Nothing is changed by looking.",
		)

	def ask_regulator(self, request: Request) -> None:
		"""Ask for a complaint to the regulator, or for what became of the one that waits."""
		reviews = self._council.reviews
		waiting = reviews.complaint(request.id)
		ends = waiting is not None and waiting.decided_on is None
		asked = RegulatorDialog(self._tab, self._council.clock().date(), outcome=ends)
		if asked.exec():
			act = reviews.regulator_decided if ends else reviews.regulator_asked
			self._do(lambda: act(request.id, asked.day.date(), asked.words.text()))

	def ask_bundle(self, request: Request) -> None:
		"""Ask where the bundle for the regulator goes, and write it there."""
		name = str(Path.home() / f"{self._council.bundles.name(request.id)}.zip")
		place, _ = QFileDialog.getSaveFileName(self._tab, "Save the bundle for the regulator", name, "Zip file (*.zip)")
		if place:
			self.write_bundle(request, Path(place))

	def write_bundle(self, request: Request, place: Path) -> None:
		"""Write the bundle as a zip file."""
		place = place if place.suffix.casefold() == ".zip" else place.with_name(f"{place.name}.zip")
		self._window.run(
			"Gathering the bundle",
			lambda _progress, _stopped: self._council.bundles.write(request.id, place),
			lambda files: self._window.toast(
				f"{len(files)} files are in {place.name}. It is INTERNAL: for the regulator."
			),
			promise="Nothing is written until everything is gathered.",
		)

	# somebody's own data
	def ask_right(self, request: Request) -> None:
		"""Ask what they want of their data."""
		asked = RightDialog(self._tab, self._council.data_rights, request)
		if asked.exec():
			self._do(lambda: self._council.data_rights.set_right(request.id, asked.right()))

	def decide_right(self, request: Request) -> None:
		"""Ask what becomes of it."""
		service = self._council.data_rights
		asked = RightDecisionDialog(self._tab, service.words(request.kind), request, service.decision(request.id))
		if asked.exec():
			self._do(lambda: service.decide(request.id, asked.outcome(), asked.reason.toPlainText()))

	def _do(self, act: Callable[[], object]) -> None:
		try:
			act()
		except CranfordError as problem:
			self._window.problem(problem)
			return
		self._tab.refresh()
		self._window.changed()
