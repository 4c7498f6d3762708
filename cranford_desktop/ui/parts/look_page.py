"""Looking at a pack's PDF, page by page, with Print…."""

from cranford_desktop.domain.disclosure import Request
from cranford_desktop.services.pack_files import going_out
from cranford_desktop.ui.parts.bare_page import BarePage
from cranford_desktop.ui.parts.layouts import rule
from cranford_desktop.ui.parts.patterns import flow_head
from cranford_desktop.ui.parts.pdf_preview import PdfPreview


class LookPage(BarePage):
	"""The pages of one PDF; the way back says where it leads to."""

	def __init__(self, council) -> None:
		"""Take the open council."""
		super().__init__()
		self._council = council
		self.preview = PdfPreview(primary_print=True)
		self.head = flow_head("", "Back", on_back=self.left.emit)
		self._box.addWidget(self.head)
		self._box.addWidget(rule())
		self._box.addWidget(self.preview, 1)

	def show_pack(self, request: Request, number: int, path: str = "", back: str = "") -> bool:
		"""Show a pack, or one file of it; return whether it has such a PDF. `back`: where the way back leads to."""
		files = self._council.disclosing.files(request.id, number)
		pdf = next((one for one in going_out(files) if one.endswith(".pdf") and path in ("", one)), None)
		if pdf is None:
			return False
		self.show_file(files[pdf], pdf.rpartition("/")[2].removesuffix(".pdf"), back or f"Pack {number}")
		return True

	def show_file(self, data: bytes, title: str, back: str) -> None:
		"""Show any other PDF."""
		self._box.removeWidget(self.head)
		self.head.deleteLater()
		self.head = flow_head(title, back, on_back=self.left.emit)
		self._box.insertWidget(0, self.head)
		self.preview.show_pdf(data, title)
		self.preview.view.setFocus()

	def close_pdf(self) -> None:
		"""Let the document go."""
		self.preview.close_pdf()
