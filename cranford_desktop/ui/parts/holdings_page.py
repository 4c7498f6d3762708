"""What we do not hold: findings, asking members, their answers, the yearly return, the transfer register."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from cranford_desktop.domain.asking import AskKind
from cranford_desktop.domain.coverage import Finding, GroupCoverage
from cranford_desktop.services.council import Council
from cranford_desktop.ui.parts.ask import Ask, lines
from cranford_desktop.ui.parts.ask_list import AskList
from cranford_desktop.ui.parts.ask_page import AskPage
from cranford_desktop.ui.parts.ask_return import ReturnPage
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.focus_keeper import first_stop
from cranford_desktop.ui.parts.holdings_list import FindingsPage
from cranford_desktop.ui.parts.layouts import Fold, col
from cranford_desktop.ui.parts.patterns import flow_head
from cranford_desktop.ui.parts.pdf_page import PdfPage
from cranford_desktop.ui.parts.receipt_page import VerbatimDialog
from cranford_desktop.ui.parts.transfer_register import RegisterPage

PARTS = ("missing", "asks", "return", "transfers")
"""What can be opened by name; the first is the page itself."""
_KINDS: dict[str, AskKind] = {
	"ask_older": "older",
	"ask_export": "export",
	"ask_settings": "settings",
	"import_media": "export",
}


def holdings_page(council: Council, window, part: str = "missing") -> "HoldingsPages":
	"""Return the page of what is not held; `left` asks to go back to where she came from."""
	return HoldingsPages(council, window, part)


class HoldingsPages(QWidget):
	"""One page at a time, each with its way back. `left`: she wants back to Import."""

	left = Signal()

	def __init__(self, council: Council, window, part: str = "missing") -> None:
		super().__init__()
		self._council, self._window = council, window
		self._stack = QStackedWidget()
		self.setLayout(col((self._stack, 1), gap=0))
		self.page: QWidget = self._stack
		self.show_part(part)

	def show_part(self, part: str) -> None:
		"""Open one of `PARTS`."""
		{
			"missing": self.show_findings,
			"asks": self.show_asks,
			"return": self.show_return,
			"transfers": self.show_transfers,
		}[part]()

	def refresh(self) -> None:
		"""Read what is shown again."""
		if isinstance(self.page, FindingsPage):
			self.show_findings()

	# the pages
	def show_findings(self) -> None:
		"""Show what is missing."""
		council = self._council

		def look(_progress: object, _stopped: object) -> tuple[list[Finding], list[GroupCoverage], dict[str, str]]:
			found = council.holdings.findings(with_dismissed=True)
			reasons = {one.key: council.holdings.reason(one.key) for one in found if one.dismissed}
			return found, council.holdings.coverage(), reasons

		shown = FindingsPage()
		shown.step.connect(self._take_step)
		shown.dismissing.connect(self._dismiss)
		shown.listing.connect(lambda key: self._mark(lambda: council.holdings.list_it(key)))
		shown.bringing_back.connect(lambda key: self._mark(lambda: council.holdings.bring_back(key)))
		shown.asking.connect(self.ask)
		shown.opening.connect(self.show_part)
		shown.picked.connect(self._open_archive)
		self._put(shown, flow_head("What we do not hold", "Import", on_back=self.left.emit))

		def show(found: tuple[list[Finding], list[GroupCoverage], dict[str, str]]) -> None:
			if self.page is shown:
				shown.show_findings(*found)
				self._stand()

		self._run("Looking for what is missing", look, show)

	def ask(self, kind: AskKind = "export", groups: tuple[str, ...] = (), person_id: int | None = None) -> None:
		"""Ask members: who, for what, by when."""
		council = self._council

		def look(_progress: object, _stopped: object) -> tuple[Any, ...]:
			groups = [one.name for one in council.groups.all() if one.messages]
			return council.asking.members(), groups, council.people.people(), council.asking.groups()

		def show(found: tuple[Any, ...]) -> None:
			shown = AskPage(council, *found, kind=kind, wanted=groups, person_id=person_id)
			shown.pdf.connect(self.show_pdf)
			shown.marking.connect(self._mark_asked)
			self._put(shown, self._head("Ask members"))

		self._run("Looking up who is a member", look, show)

	def show_asks(self) -> None:
		"""Show who was asked and what they answered."""
		shown = AskList(self._council)
		shown.replied.connect(self._replied)
		shown.asking.connect(self.ask)
		self._put(shown, self._head("Who was asked"))
		self._run("Reading the answers", lambda _p, _s: self._council.asking.asks(), self._then(shown.show_asks))

	def show_return(self) -> None:
		"""Show the yearly return."""
		council = self._council
		shown = ReturnPage(council.clock().date().year)
		shown.pdf.connect(
			lambda year: self._make_pdf(f"WhatsApp return {year}", lambda: council.asking.return_pdf(year))
		)
		shown.asking.connect(lambda: self.ask("yearly"))

		def read(year: int) -> None:
			self._run(
				"Reading the return", lambda _p, _s: council.asking.member_return(year), self._then(shown.show_return)
			)

		shown.year_chosen.connect(read)
		self._put(shown, self._head("Yearly return"))
		read(shown.year)

	def show_transfers(self) -> None:
		"""Show the transfer register."""
		council = self._council
		shown = RegisterPage()
		shown.pdf.connect(lambda: self._make_pdf("Transfer register", council.transfers.register_pdf))
		self._put(shown, self._head("Transfer register"))
		self._run("Reading the register", lambda _p, _s: council.transfers.register(), self._then(shown.show_register))

	def show_pdf(self, data: bytes, title: str) -> None:
		"""Show a document to print or save; Back leads to the page it came from, as it was."""
		before = self.page

		def again() -> None:
			self._stack.removeWidget(above)
			above.deleteLater()
			self.page = before
			self._stand()

		above = PdfPage(self._window, data, title, again)
		self._stack.addWidget(above)
		self._stack.setCurrentWidget(above)
		self.page = above.preview
		above.preview.print_button.setFocus(Qt.FocusReason.OtherFocusReason)

	# moving about
	def _head(self, title: str) -> QWidget:
		return flow_head(title, "What we do not hold", on_back=self.show_findings)

	def _put(self, shown: QWidget, head: QWidget) -> None:
		"""Show a page in place of everything before."""
		while self._stack.count():
			old = self._stack.widget(0)
			self._stack.removeWidget(old)
			old.deleteLater()
		self._stack.addWidget(Fold(head, shown, getattr(shown, "foot", None)))
		self.page = shown
		self._stand()

	def _then(self, show: Callable[[Any], object]) -> Callable[[Any], None]:
		"""Return what shows something on the page as it is now, and puts the keys on it; nothing once that has gone."""
		page = self.page

		def done(found: Any) -> None:
			if self.page is page:
				show(found)
				self._stand()

		return done

	def _stand(self) -> None:
		"""Put the keys on the page's next step, once what was put in is on screen."""
		QTimer.singleShot(0, self, self._stand_now)

	def _stand_now(self) -> None:
		where = getattr(self.page, "first", None) or first_stop(self.page)
		if where is not None and self.isVisible():
			where.setFocus(Qt.FocusReason.OtherFocusReason)

	def _run(self, title: str, call: Callable[..., Any], done: Callable[[Any], object]) -> None:
		self._window.run(title, call, done, cancelled=lambda: None, promise="")

	# acts
	def _take_step(self, finding: Finding) -> None:
		if finding.step == "remove_from_group":
			self._window.go(f"people:{finding.key.split(':')[1]}")
		elif finding.step == "look":
			self._show_unread(int(finding.key.partition(":")[2]))
		else:
			groups = (finding.group,) if finding.group else ()
			self.ask(_KINDS[finding.step], groups, finding.person_id)

	def _show_unread(self, export_id: int) -> None:
		importing = self._council.importing
		receipt = next((one for one in importing.receipts() if one.export_id == export_id), None)
		if receipt is not None:
			VerbatimDialog(receipt, importing.unread_lines(export_id), self).open()

	def _dismiss(self, finding: Finding) -> None:
		asked = _Dismiss(self, finding)
		asked.accepted.connect(
			lambda: self._mark(lambda: self._council.holdings.dismiss(finding.key, asked.why.toPlainText()))
		)
		asked.open()

	def _mark(self, act: Callable[[], object]) -> None:
		def done(_nothing: object) -> None:
			self._window.changed()
			self.show_findings()

		self._run("Writing it down", lambda _p, _s: act(), done)

	def _mark_asked(self, page: AskPage) -> None:
		chosen = page.chosen()

		def done(made: list[int]) -> None:
			self._window.changed()
			self.show_asks()
			self._window.toast(f"{len(made)} {'member is' if len(made) == 1 else 'members are'} down as asked.")

		self._run("Writing down who was asked", lambda _p, _s: chosen.record(self._council.asking), done)

	def _replied(self, _page: object) -> None:
		self._window.changed()
		self.show_asks()

	def _open_archive(self, group: str, day: object) -> None:
		tab = self._window.tab_pages["import"]
		if hasattr(tab, "open_archive_at"):
			tab.open_archive_at(group, day)

	def _make_pdf(self, title: str, make: Callable[[], bytes]) -> None:
		before = self.page

		def show(data: bytes) -> None:
			if self.page is before:
				self.show_pdf(data, title)

		self._run(f"Making {title}", lambda _p, _s: make(), show)


class _Dismiss(Ask):
	"""Why a finding can rest."""

	def __init__(self, parent: QWidget, finding: Finding) -> None:
		super().__init__(parent, "Put this aside?", finding.title, "Put it aside", width=480)
		self.why = lines("Why can it rest?")
		self._field = FormField("Why can it rest?", self.why, "The reason is kept with it. You can bring it back.")
		self.add(self._field)
		self.why.setFocus()

	def faults(self) -> dict[FormField, str]:
		return {} if self.why.toPlainText().strip() else {self._field: "Say why it can rest"}

	def fields(self) -> tuple[FormField, ...]:
		return (self._field,)
