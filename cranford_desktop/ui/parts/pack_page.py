"""The pack that was made: what its check found, its files, where it went, and what next."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from cranford_desktop.domain.clocks import data_breach_due
from cranford_desktop.domain.disclosure import Candidate, PackResult, Request
from cranford_desktop.domain.packs import PackRecord
from cranford_desktop.errors import CranfordError
from cranford_desktop.services.clock import LONDON
from cranford_desktop.services.pack_files import going_out
from cranford_desktop.ui.parts.bare_page import BarePage
from cranford_desktop.ui.parts.controls import button, link
from cranford_desktop.ui.parts.labels import Glyph, say
from cranford_desktop.ui.parts.layouts import Columns, Fold, Item, box, clear, col, page, row, rule
from cranford_desktop.ui.parts.letter_dialogs import HOW_WORDS
from cranford_desktop.ui.parts.patterns import banner, flow_foot, flow_head
from cranford_desktop.ui.parts.request_tasks import back_words
from cranford_desktop.ui.parts.review_state import ReviewState
from cranford_desktop.ui.parts.roomy import card
from cranford_desktop.ui.parts.wording import count, day_words, moment_words, size_words

WENT_WRONG = "This should not have gone out"


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


def went_words(pack: PackRecord) -> str:
	"""Return what became of a pack: "Sent by e-mail on 23 November 2026 to …, withdrawn on …"."""
	told = []
	if pack.sent is not None:
		to = f" to {pack.sent.to}" if pack.sent.to else ""
		told.append(f"sent {HOW_WORDS[pack.sent.how]} on {day_words(pack.sent.on, weekday=False)}{to}")
	elif pack.placed_at:
		told.append("a copy was saved outside")
	if pack.superseded:
		told.append("replaced by a later one")
	if pack.withdrawn is not None:
		told.append(f"withdrawn on {day_words(pack.withdrawn.on, weekday=False)}")
	said = "; ".join(told) or "not sent yet"
	return f"{said[0].upper()}{said[1:]}"


class PackPage(BarePage):
	"""`look(int, str)`: show a PDF of a pack, by number and path; an empty one is the pack itself. `send`: record it as
	sent; `wrong(object)`: a pack (`PackRecord`) should not have gone out; `breach(object)`: log that as a data breach;
	`again`: make the pack anew.
	"""

	look = Signal(int, str)
	send = Signal()
	wrong = Signal(object)
	breach = Signal(object)
	again = Signal()

	def __init__(self, council, window) -> None:
		"""Take the open council and the window."""
		super().__init__()
		self._council, self._window = council, window
		self.request: Request | None = None
		self.result: PackResult | None = None
		self.record: PackRecord | None = None
		self.placed: Path | None = None

	def show_packs(self, request: Request, packs: Sequence[PackRecord]) -> None:
		"""Show the newest pack of a request, and what became of the others."""
		newest = packs[0]
		if self.record is None or self.record.id != newest.id:
			self.placed = None
		self.request, self.record, self.result = request, newest, newest.result
		gone = newest.withdrawn is not None
		self._saved = QVBoxLayout()
		self.put(
			Fold(
				flow_head(f"Pack {newest.number}", back_words(request, self.window().width()), on_back=self.left.emit),
				page(
					self._title(newest),
					*([self._withdrawn(newest)] if gone else self._warned(newest)),
					self._saved,
					Columns((col(self._leak(newest.result), None), 5), (col(self._files(), None), 4)),
					self._all(packs),
					width=1060,
				),
				self._foot(newest),
			)
		)
		self._show_placed()
		self.go.setFocus()

	def _title(self, pack: PackRecord) -> QWidget:
		gone = pack.withdrawn is not None
		head = "This pack was withdrawn" if gone else "The pack is made, and it passed the leak check"
		icon = Glyph("error_circle:filled", "danger", 36) if gone else Glyph("shield_checkmark:filled", "ok", 36)
		made = pack.made_at.astimezone(LONDON)
		told = f"{self.request.reference}, pack {pack.number}. {moment_words(made)}. {went_words(pack)}."
		return box(row(icon, (col(say(head, "title", wrap=True), say(told, "muted", wrap=True), gap=2), 1), gap=14))

	def _foot(self, pack: PackRecord) -> QWidget:
		if pack.withdrawn is not None:
			self.go = button("Make the pack again", "primary")
			self.go.clicked.connect(self.again)
			return flow_foot("Mend what was wrong first. The new pack replaces this one.", self.go)
		save = button("Save a copy…", ic="folder_open")
		save.clicked.connect(self.ask_where)
		look = button("Look at the pack", None if pack.placed_at else "primary")
		look.clicked.connect(lambda: self.look.emit(pack.number, ""))
		record = button("Record as sent…", "primary" if pack.placed_at else None)
		record.clicked.connect(self.send)
		record.setVisible(pack.sent is None)
		self.go = record if pack.placed_at and pack.sent is None else look
		return flow_foot("Look at every page before you send it.", save, record, 4, look)

	def _warned(self, pack: PackRecord) -> list[QWidget]:
		return [banner("warn", "Worth a look before it goes out", one) for one in pack.result.warnings]

	def _withdrawn(self, pack: PackRecord) -> QWidget:
		withdrawn = pack.withdrawn
		breach = button("Log a data breach…")
		breach.clicked.connect(lambda: self.breach.emit(pack))
		due = data_breach_due(self._council.clock().replace(tzinfo=None))
		who = f"Who has it: {withdrawn.who_has_it}. " if withdrawn.who_has_it else ""
		return banner(
			"danger",
			withdrawn.why,
			f"{who}Ask for it back, or to have every copy deleted, and have that confirmed in writing. If somebody’s "
			"personal data went out, log it: the ICO is told within 72 hours of the moment it was noticed. Noticed "
			f"now, that is until {moment_words(due)}.",
			breach,
		)

	def _leak(self, result: PackResult) -> QWidget:
		needles = result.leak_check.needles
		looked = (
			f"Opened every file again and looked for everything you removed, in {count(needles, 'spelling')}"
			if needles
			else "Opened every file again. You removed nothing, so there was nothing to look for"
		)
		return card(
			say("Leak check", "head"),
			2,
			_checked(looked, "Not found" if needles else "Nothing to find"),
			rule(),
			_checked("Hidden sheets, comments, links and earlier versions inside the files", "None"),
			rule(),
			_checked(pack_words(result, self._candidates()), "Counted"),
			rule(),
			6,
			say("It was checked for the words you removed. It cannot know what you did not see.", "muted", wrap=True),
			gap=0,
			pad=(20, 14, 20, 14),
		)

	def _candidates(self) -> Sequence[Candidate]:
		try:
			return self._council.deciding.candidates(self.request.id)
		except CranfordError:
			return ()

	def _all(self, packs: Sequence[PackRecord]) -> QWidget:
		"""Return every pack of the request with what became of it; one that is outside can be called back."""
		letters = {one.pack_number for one in self._council.letters.sent(self.request.id)}
		items: list[Item] = [say("Packs of this request", "head"), 2]
		for at, pack in enumerate(packs):
			look = link(f"Pack {pack.number}", name=f"Look at pack {pack.number}")
			look.clicked.connect(lambda _=False, number=pack.number: self.look.emit(number, ""))
			wrong = link(f"{WENT_WRONG}…", name=f"{WENT_WRONG}: pack {pack.number}")
			wrong.clicked.connect(lambda _=False, pack=pack: self.wrong.emit(pack))
			outside = pack.sent is not None or bool(pack.placed_at) or pack.number in letters
			wrong.setVisible(outside and pack.withdrawn is None)
			items += [rule()] if at else []
			words = say(went_words(pack), "muted", wrap=True)
			items.append(box(row(look, (words, 1), wrong, gap=12, pad=(0, 6, 0, 6))))
		items += [6, say("Changed something since? Make the pack again: the new one replaces this one.", "muted")]
		return card(*items, gap=0, pad=(20, 14, 20, 12))

	def ask_where(self) -> None:
		"""Ask for a folder and put a copy of the pack there."""
		folder = QFileDialog.getExistingDirectory(self, "Choose a folder for the pack", str(Path.home()))
		if folder:
			self.place(Path(folder))

	def place(self, folder: Path) -> None:
		"""Put a copy into a folder outside the archive; the archive records where."""
		inside = folder / f"{self.request.reference} pack {self.record.number}"
		request_id, number = self.request.id, self.record.number
		self._window.run(
			"Saving a copy of the pack",
			lambda progress, stopped: self._council.disclosing.place(request_id, number, inside),
			lambda _files: self._placed(inside),
			promise="The pack itself stays in the archive.",
		)

	def _placed(self, folder: Path) -> None:
		self.placed = folder
		self.show_packs(self.request, self._council.disclosing.packs(self.request.id))
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
		pages.clicked.connect(lambda: self.look.emit(self.record.number, path))
		return box(row(pages, None))

	def _files(self) -> QWidget:
		items: list[Item] = [say("Files to send", "head"), 2]
		files = {one.path: one for one in self.result.files}
		sent = going_out(files)
		inside = len(files) - len(sent)
		for path in sent:
			one, name = files[path], path.rpartition("/")[2]
			icon = "document_pdf" if name.endswith(".pdf") else ("table" if name.endswith(".xlsx") else "document_text")
			words = col(self._named(path, name), say(size_words(one.size), "small", wrap=False), gap=0)
			items += [box(row(Glyph(icon, "accent", 24), (words, 1), gap=12, pad=(0, 7, 0, 7))), rule()]
		kept = f"{count(inside, 'internal file')} {'is' if inside == 1 else 'are'} kept apart, in INTERNAL."
		where = say(f"All lie in the folder DISCLOSURE. {kept if inside else ''}".strip(), "muted", wrap=True)
		items.append(box(row(Glyph("folder_open", "muted", 24), (where, 1), gap=12, pad=(0, 8, 0, 8))))
		return card(*items, gap=0, pad=(20, 14, 20, 4))


def _checked(words: str, result: str) -> QWidget:
	line = row(
		Glyph("checkmark_circle", "ok"),
		(say(words, wrap=True), 1),
		say(result, "ok", wrap=False),
		gap=10,
		pad=(0, 6, 0, 6),
	)
	return box(line)
