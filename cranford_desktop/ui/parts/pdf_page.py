"""A document over the page it was made on: to look at, print or save, with the way back."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from cranford_desktop.errors import CranfordError
from cranford_desktop.ui.parts.layouts import Fold
from cranford_desktop.ui.parts.patterns import flow_head
from cranford_desktop.ui.parts.pdf_preview import PdfPreview


class PdfPage(Fold):
	"""Shows a PDF; `left` is called when she goes back, `placed` when a copy lies outside."""

	def __init__(
		self,
		window,
		data: bytes,
		title: str,
		left: Callable[[], object],
		placed: Callable[[], object] | None = None,
	) -> None:
		self._window, self._data, self._title = window, data, title
		self.preview = PdfPreview(primary_print=True)
		self._left, self._placed = left, placed
		super().__init__(flow_head(title, "Back", on_back=self._back), self.preview, None)
		self.preview.saving.connect(self._ask_where)
		self.preview.show_pdf(data, title)

	def _back(self) -> None:
		self.preview.close_pdf()
		self._left()

	def _ask_where(self) -> None:
		name, _ = QFileDialog.getSaveFileName(self, "Save a copy", f"{self._title}.pdf", "PDF (*.pdf)")
		if name:
			self.save_to(Path(name))

	def save_to(self, place: Path) -> None:
		"""Write the document where she said."""
		try:
			place.write_bytes(self._data)
		except OSError:
			self._window.problem(
				CranfordError(
					"It could not be saved there.",
					"Nothing was changed.",
					"The disk may be full or write-protected. Choose another folder.",
				)
			)
		else:
			if self._placed is not None:
				self._placed()
			self._window.toast(f"Saved as {place.name} in {place.parent}.")
