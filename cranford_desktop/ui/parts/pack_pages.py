"""From the last decision to the printer: check your answers, the pack that was made, and looking at it."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from cranford_desktop.domain.disclosure import Candidate, PackResult, Request
from cranford_desktop.errors import CranfordError
from cranford_desktop.services.pack_files import going_out
from cranford_desktop.ui.parts.controls import button, link
from cranford_desktop.ui.parts.enclosures import EnclosureCard
from cranford_desktop.ui.parts.labels import Glyph, say
from cranford_desktop.ui.parts.layouts import Columns, Fold, Item, box, clear, col, page, row, rule
from cranford_desktop.ui.parts.patterns import banner, flow_foot, flow_head, pairs
from cranford_desktop.ui.parts.pdf_preview import PdfPreview
from cranford_desktop.ui.parts.reasons_card import ReasonsCard
from cranford_desktop.ui.parts.request_tasks import back_words
from cranford_desktop.ui.parts.review_state import ReviewState
from cranford_desktop.ui.parts.roomy import card
from cranford_desktop.ui.parts.wording import count, moment_words, size_words


class _Bare(QWidget):
	"""A page whose content is put in anew each time."""

	left = Signal()

	def __init__(self) -> None:
		super().__init__()
		self._box = QVBoxLayout(self)
		self._box.setContentsMargins(0, 0, 0, 0)

	def put(self, content: QWidget) -> None:
		"""Show this and nothing else."""
		clear(self._box)
		self._box.addWidget(content)


class CheckPage(_Bare):
	"""What goes in, before anything is made. `make`: the button; `change(str)`: "decide" or "undecided"."""

	make = Signal()
	change = Signal(str)

	def __init__(self, council) -> None:
		"""Take the open council."""
		super().__init__()
		self._council = council
		self.go = button("Make the pack", "primary")
		self.enclosures = EnclosureCard()
		self.enclosures.problem.connect(lambda problem: self.window().problem(problem))
		self.reasons = ReasonsCard(council)
		self.reasons.problem.connect(lambda problem: self.window().problem(problem))
		self._known = 0

	def show_request(self, request: Request, candidates: Sequence[Candidate]) -> None:
		"""Show what would go into the pack as things stand."""
		if request.id != self._known:
			self._known = request.id
			self.forget_enclosures()
		# The page is put in anew; what was added stays with its request until its pack is made.
		self.enclosures.setParent(None)
		self.reasons.setParent(None)
		self.reasons.show_request(request)
		state = ReviewState(candidates)
		tally = state.tally()
		rules = self._council.redacting.redactions(request.id)
		titles = {one.code: one.title for one in self._council.deciding.exemptions(request.regime)}
		reasons = [
			f"{titles.get(code, 'Reason')} – {code} ({number:,})"
			for code, number in sorted(tally.reasons.items())
			if code
		]
		words = [one for one in rules if one.kind in ("text", "person")]
		decided = card(
			say("What goes in", "head"),
			2,
			pairs(tally.told(), 230, change=lambda _at: self.change.emit("decide")),
			gap=2,
			pad=(20, 14, 20, 10),
		)
		photos = (
			f"{count(tally.media_in, 'photo or file', 'photos and files')} released, "
			f"{tally.media_out:,} left out and listed"
			if tally.media_in or tally.media_out
			else "None in the released messages"
		)
		why = card(
			say("Why", "head"),
			2,
			pairs(
				[
					("Exceptions used" if request.regime == "eir" else "Exemptions used", "\n".join(reasons) or "None"),
					(
						"Covered up everywhere",
						f"{count(len(words), 'name, word or number', 'names, words and numbers')}" if words else "None",
					),
					("Photos and files", photos),
					(
						"Names shown",
						"Everybody who wrote is named as the archive names them, unless you covered the name up.",
					),
				],
				230,
				change=lambda _at: self.change.emit("decide"),
			),
			gap=2,
			pad=(20, 14, 20, 10),
		)
		self.go = button(
			f"Decide {count(tally.undecided, 'more message')} first" if tally.undecided else "Make the pack", "primary"
		)
		self.go.clicked.connect(lambda: self.change.emit("undecided") if tally.undecided else self.make.emit())
		later = button("Finish later")
		later.clicked.connect(self.left)
		note = (
			"Every message needs a decision before the pack can be made."
			if tally.undecided
			else "When it is made, we open it again and look for every word and number you covered up."
		)
		self.put(
			Fold(
				flow_head("Make the pack", back_words(request, self.window().width()), on_back=self.left.emit),
				page(
					say("Check your answers", "title", wrap=False),
					decided,
					why,
					self.reasons,
					self.enclosures,
					width=860,
					gap=12,
					pad=(24, 14, 24, 12),
				),
				flow_foot(note, later, 4, self.go),
			)
		)
		self.enclosures.show()
		self.reasons.show()

	def forget_enclosures(self) -> None:
		"""Begin without documents from elsewhere: another request, or the pack that took them is made."""
		while self.enclosures.held:
			self.enclosures.drop(0)


def _checked(words: str, result: str) -> QWidget:
	return box(
		row(
			Glyph("checkmark_circle", "ok"),
			(say(words, wrap=True), 1),
			say(result, "ok", wrap=False),
			gap=10,
			pad=(0, 6, 0, 6),
		)
	)


def pack_words(result: PackResult, candidates: Sequence[Candidate]) -> str:
	"""Return what is in the pack, in sums that a reader can check against *Check your answers*.

	A message whose photo was left out is printed too: it can be read. How many have words taken out comes from the
	request's messages, and is left unsaid where they were decided on anew since the pack was made.
	"""
	readable = result.released + result.undecided_media
	tally = ReviewState(candidates).tally()
	same = (tally.released, tally.withheld) == (readable, result.withheld)
	details = [
		(tally.redacted if same else 0, "with words taken out"),
		(result.undecided_media, "with a photo or file left out"),
	]
	told = [f"{number:,} {what}" for number, what in details if number]
	if told:
		told[0] = told[0].replace(" ", " of them ", 1)
	sentences = [
		f"{count(readable + result.withheld, 'message')} in the pack",
		f"{readable:,} can be read" + (f": {', '.join(told)}" if told else ""),
	]
	others = ((result.withheld, "withheld"), (result.not_in_scope, "not in scope"), (result.not_held, "private"))
	sentences += [f"{number:,} {'is' if number == 1 else 'are'} {what}" for number, what in others if number]
	return ". ".join(sentences) + "."


class PackPage(_Bare):
	"""The pack that was made: the leak check in exact words, its files, what next. `look(str)`: show a PDF, by path; an
	empty one is the pack.
	"""

	look = Signal(str)

	def __init__(self, council, window) -> None:
		"""Take the open council and the window."""
		super().__init__()
		self._council, self._window = council, window
		self.request: Request | None = None
		self.result: PackResult | None = None
		self.placed: Path | None = None

	def show_pack(self, request: Request, result: PackResult, made_at: datetime) -> None:
		"""Show a pack that has passed its leak check."""
		if self.result is None or (result.request_id, result.pack_number) != (
			self.result.request_id,
			self.result.pack_number,
		):
			self.placed = None
		self.request, self.result, self._made_at = request, result, made_at
		title = row(
			Glyph("shield_checkmark:filled", "ok", 36),
			(
				col(
					say("The pack is made, and it passed the leak check", "title", wrap=True),
					say(f"{request.reference}, pack {result.pack_number}. {moment_words(made_at)}", "muted", wrap=True),
					gap=2,
				),
				1,
			),
			gap=14,
		)
		needles = result.leak_check.needles
		looked = (
			f"Opened every file again and looked for everything you removed, in {count(needles, 'spelling')}"
			if needles
			else "Opened every file again. You removed nothing, so there was nothing to look for"
		)
		leak = card(
			say("Leak check", "head"),
			2,
			_checked(looked, "Not found" if needles else "Nothing to find"),
			rule(),
			_checked("Hidden sheets, comments, links and earlier versions inside the files", "None"),
			rule(),
			_checked(pack_words(result, self._candidates(request)), "Counted"),
			rule(),
			6,
			say(
				"It was checked for the words you removed. It cannot know what you did not see.",
				"muted",
				wrap=True,
			),
			gap=0,
			pad=(20, 14, 20, 14),
		)
		warned = [banner("warn", "Worth a look before it goes out", one) for one in result.warnings]
		look = button("Look at the pack", "primary")
		look.clicked.connect(lambda: self.look.emit(""))
		save = button("Save a copy…", ic="folder_open")
		save.clicked.connect(self.ask_where)
		self._saved = QVBoxLayout()
		again = say(
			"Made something else since? Make the pack again: the new one replaces this one.", "muted", wrap=True
		)
		self.put(
			Fold(
				flow_head("Make the pack", back_words(request, self.window().width()), on_back=self.left.emit),
				page(
					title,
					*warned,
					Columns((col(leak, None), 5), (col(self._files(), None), 4)),
					self._saved,
					again,
					width=1060,
				),
				flow_foot("Look at every page before you send it.", save, 4, look),
			)
		)
		self._show_placed()
		look.setFocus()

	def _candidates(self, request: Request) -> Sequence[Candidate]:
		try:
			return self._council.deciding.candidates(request.id)
		except CranfordError:
			return ()

	def ask_where(self) -> None:
		"""Ask for a folder and put a copy of the pack there."""
		folder = QFileDialog.getExistingDirectory(self, "Choose a folder for the pack", str(Path.home()))
		if folder:
			self.place(Path(folder))

	def place(self, folder: Path) -> None:
		"""Put a copy into a folder outside the archive; the archive records where."""
		inside = folder / f"{self.request.reference} pack {self.result.pack_number}"
		request_id, number = self.request.id, self.result.pack_number
		self._window.run(
			"Saving a copy of the pack",
			lambda progress, stopped: self._council.disclosing.place(request_id, number, inside),
			lambda _files: self._placed(inside),
			promise="The pack itself stays in the archive.",
		)

	def _placed(self, folder: Path) -> None:
		self.placed = folder
		self._show_placed()
		self._window.toast("The copy is saved.")
		self._window.changed()

	def _show_placed(self) -> None:
		clear(self._saved)
		if self.placed is None:
			return
		opener = button("Open the folder", ic="folder_open")
		opener.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.placed))))
		self._saved.addWidget(
			banner(
				"ok",
				f"Saved to {self.placed}",
				"Send only what is in the folder DISCLOSURE. INTERNAL is for you and never leaves the council. "
				"This copy lies outside the archive: delete it when it has been sent.",
				opener,
			)
		)

	def _named(self, path: str, name: str) -> QWidget:
		"""Return a file's name; of a PDF a link to its pages."""
		if not name.endswith(".pdf"):
			return say(name, "strong", wrap=True)
		pages = link(name, name=f"Look at {name}")
		pages.clicked.connect(lambda: self.look.emit(path))
		return box(row(pages, None))

	def _files(self) -> QWidget:
		items: list[Item] = [say("Files to send", "head"), 2]
		files = {one.path: one for one in self.result.files}
		sent = going_out(files)
		inside = len(files) - len(sent)
		for path in sent:
			one, name = files[path], path.rpartition("/")[2]
			icon = "document_pdf" if name.endswith(".pdf") else ("table" if name.endswith(".xlsx") else "document_text")
			items += [
				box(
					row(
						Glyph(icon, "accent", 24),
						(col(self._named(path, name), say(size_words(one.size), "small", wrap=False), gap=0), 1),
						gap=12,
						pad=(0, 7, 0, 7),
					)
				),
				rule(),
			]
		kept = f"{count(inside, 'internal file')} {'is' if inside == 1 else 'are'} kept apart, in INTERNAL."
		items.append(
			box(
				row(
					Glyph("folder_open", "muted", 24),
					(say(f"All lie in the folder DISCLOSURE. {kept if inside else ''}".strip(), "muted", wrap=True), 1),
					gap=12,
					pad=(0, 8, 0, 8),
				)
			)
		)
		return card(*items, gap=0, pad=(20, 14, 20, 4))


class LookPage(_Bare):
	"""The pack's PDF, page by page, with Print…."""

	def __init__(self, council) -> None:
		"""Take the open council."""
		super().__init__()
		self._council = council
		self.preview = PdfPreview(primary_print=True)
		self._head: QWidget | None = None
		self._box.setSpacing(0)
		self._box.addWidget(rule())
		self._box.addWidget(self.preview, 1)

	def show_pack(self, request: Request, number: int, path: str = "") -> bool:
		"""Show a pack, or one file of it; return whether it has such a PDF."""
		files = self._council.disclosing.files(request.id, number)
		pdf = next((one for one in going_out(files) if one.endswith(".pdf") and path in ("", one)), None)
		if pdf is None:
			return False
		self._show(files[pdf], pdf.rpartition("/")[2].removesuffix(".pdf"), back_words(request, self.window().width()))
		return True

	def show_file(self, data: bytes, title: str, back: str) -> None:
		"""Show any other PDF."""
		self._show(data, title, back)

	def close_pdf(self) -> None:
		"""Let the document go."""
		self.preview.close_pdf()

	def _show(self, data: bytes, title: str, back: str) -> None:
		if self._head is not None:
			self._box.removeWidget(self._head)
			self._head.deleteLater()
		self._head = flow_head(title, back, on_back=self.left.emit)
		self._box.insertWidget(0, self._head)
		self.preview.show_pdf(data, title)
		self.preview.view.setFocus()


def last_result(council, request: Request) -> tuple[PackResult, datetime] | None:
	"""Return the newest pack of a request and when it was made; None where there is none."""
	try:
		packs = council.disclosing.packs(request.id)
	except CranfordError:
		return None
	newest = max(packs, key=lambda one: one.number, default=None)
	return (newest.result, newest.made_at) if newest is not None else None
