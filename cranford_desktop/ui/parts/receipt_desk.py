"""What can be done with a receipt: print it, look closer, say whose phone it was, undo the import."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from cranford_desktop.domain.messages import Receipt
from cranford_desktop.errors import CranfordError
from cranford_desktop.services.council import Council
from cranford_desktop.ui.parts.ask import Ask
from cranford_desktop.ui.parts.holder_choice import HolderDialog
from cranford_desktop.ui.parts.import_plan import Holder
from cranford_desktop.ui.parts.import_taking import names_like_people, set_holder, undo_all
from cranford_desktop.ui.parts.layouts import box, col, rule
from cranford_desktop.ui.parts.patterns import flow_head
from cranford_desktop.ui.parts.pdf_preview import PdfPreview
from cranford_desktop.ui.parts.receipt_page import ReceiptPage, UndonePage, VerbatimDialog
from cranford_desktop.ui.parts.wording import count
from cranford_desktop.ui.within import widgets_within


class Place(Protocol):
	"""Where pages are shown."""

	@property
	def page(self) -> QWidget:
		"""Return the page that is shown."""
		...

	def show_page(self, widget: QWidget) -> None:
		"""Show a page in the place of the one before."""
		...

	def stand(self, where: QWidget | None = None) -> None:
		"""Put the keys on the next step."""
		...

	def start_again(self) -> None:
		"""Go back to the first page."""
		...


class ReceiptDesk(QObject):
	"""Shows receipts in a place, and does what is asked there."""

	def __init__(self, council: Council, window, place: QWidget, names: Callable[[], object]) -> None:
		"""Take the open council, the window, where pages are shown, and what leads to names that look like one."""
		super().__init__(place)
		self._council, self._window = council, window
		self._place: Place = place
		self._widget, self._names = place, names

	def show(
		self, receipts: Sequence[Receipt], troubles: Sequence[tuple[str, CranfordError]] = (), *, old: bool = False
	) -> ReceiptPage:
		"""Show what imports did: one page, also later."""
		shown = ReceiptPage(receipts, troubles, old=old)
		shown.see.connect(lambda: self._window.go("archive"))
		shown.again.connect(self._place.start_again)
		shown.printed.connect(lambda: self._print(shown))
		shown.undo.connect(lambda: self._undo(receipts))
		shown.people.connect(self._names)
		shown.unread.connect(self._show_unread)
		shown.holder.connect(lambda receipt: self._change_holder(shown, receipt))
		self._place.show_page(shown)
		self._place.stand(next((one for one in widgets_within(shown) if one.property("kind") == "primary"), None))
		return shown

	def count_names(self) -> None:
		"""Say on the receipt that is shown how many names still look like one person."""
		shown = self._place.page

		def told(names: tuple[int, int]) -> None:
			if self._place.page is shown and isinstance(shown, ReceiptPage):
				shown.show_names(*names)

		self._window.run(
			"Looking at the names",
			lambda _progress, _stopped: names_like_people(self._council.people.guesses()),
			told,
			cancelled=lambda: None,
			promise="",
		)

	def _back_to(self, before: ReceiptPage) -> None:
		self.show(before.receipts, before.troubles, old=before.old).show_names(*before.names)

	def _print(self, shown: ReceiptPage) -> None:
		def show(data: bytes) -> None:
			if self._place.page is not shown:
				return
			preview = PdfPreview(primary_print=True, save="")
			head = flow_head("Receipt", "Back to the receipt", on_back=lambda: self._back_to(shown))
			self._place.show_page(box(col(head, rule(), (preview, 1), gap=0)))
			preview.show_pdf(data, "Import receipt")
			self._place.stand(preview.print_button)

		self._window.run(
			"Writing the receipt",
			lambda _progress, _stopped: self._council.importing.receipts_pdf(shown.receipts),
			show,
			promise="",
		)

	def _show_unread(self, receipt: Receipt) -> None:
		lines = self._council.importing.unread_lines(receipt.export_id)
		VerbatimDialog(receipt, lines, self._widget).open()

	def _change_holder(self, shown: ReceiptPage, receipt: Receipt) -> None:
		people = [Holder(one.name, one.id) for one in self._council.people.people()]
		asked = HolderDialog(self._widget, receipt.phone, people)

		def save() -> None:
			holder = asked.choice.holder()
			self._window.run(
				"Saving whose phone it is",
				lambda _progress, _stopped: set_holder(self._council, receipt, holder),
				lambda _none: self._holder_changed(shown),
				promise="",
			)

		asked.accepted.connect(save)
		asked.open()

	def _holder_changed(self, shown: ReceiptPage) -> None:
		self._window.changed()
		if self._place.page is shown:
			ids = {one.export_id for one in shown.receipts}
			fresh = [one for one in self._council.importing.receipts() if one.export_id in ids]
			self.show(fresh, old=True)

	def _undo(self, receipts: Sequence[Receipt]) -> None:
		several = len(receipts) > 1
		new = sum(one.new for one in receipts)
		asked = Ask(
			self._window,
			f"Undo {'these imports' if several else 'this import'}?",
			f"{count(new, 'message')} came in with {'them' if several else 'it'}. Those that no other export shows go "
			"out of the archive again. Under a hold nothing goes: they are set aside until it ends.",
			"Undo them" if several else "Undo it",
			width=480,
		)
		asked.cancel.say("Keep them" if several else "Keep it")
		asked.accepted.connect(lambda: self._undo_now(list(receipts)))
		asked.open()

	def _undo_now(self, receipts: Sequence[Receipt]) -> None:
		def done(result) -> None:
			page = UndonePage(*result)
			page.again.connect(self._place.start_again)
			self._place.show_page(page)
			self._place.stand()
			self._window.changed()

		self._window.run(
			"Undoing",
			lambda progress, stopped: undo_all(self._council, receipts, progress, stopped),
			done,
			cancelled=lambda: self._window.toast("Stopped. The import stays as it was.", done=False),
			promise="Nothing is taken out until this finishes.",
		)
