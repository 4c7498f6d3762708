"""What imports did: figures in a sentence, each phone, what was not understood, what next, and the way back."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from cranford_desktop.domain.importing import Undone
from cranford_desktop.domain.messages import Receipt
from cranford_desktop.errors import CranfordError
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import button, link
from cranford_desktop.ui.parts.export_card import clock_words
from cranford_desktop.ui.parts.labels import Glyph, fact, say
from cranford_desktop.ui.parts.layouts import Columns, Item, card, clear, col, page, row, rule
from cranford_desktop.ui.parts.patterns import banner
from cranford_desktop.ui.parts.wording import count, day_words, moment_words


class ReceiptPage(QWidget):
	"""The page. Signals say what she asked for."""

	see = Signal()
	again = Signal()
	printed = Signal()
	undo = Signal()
	people = Signal()
	unread = Signal(object)
	holder = Signal(object)

	def __init__(
		self, receipts: Sequence[Receipt], troubles: Sequence[tuple[str, CranfordError]] = (), *, old: bool = False
	) -> None:
		"""Take the receipts, what failed and why by file, and whether this looks at a past import."""
		super().__init__()
		self.receipts, self.old = list(receipts), old
		self.troubles, self.names = list(troubles), (0, 0)
		self._names = col(gap=0)
		self._parted = [one for one in self.receipts if one.not_chosen]
		items: list[Item] = [self._head(), *(_trouble(name, problem) for name, problem in troubles)]
		if receipts:
			items += [self._figures(), self._verbs(), self._names, self._phones()]
		else:
			again = button("Back to Import", "primary")
			again.clicked.connect(self.again)
			items.append(row(again, None))
		self.setLayout(col((page(*items, width=1000, gap=14), 1), gap=0))

	def show_names(self, names: int, people: int) -> None:
		"""Say how many names look like how few people; answering can wait."""
		self.names = (names, people)
		clear(self._names)
		if not names:
			return
		go = button("Look at them")
		go.setAccessibleName("Look at the names that look like one person")
		go.clicked.connect(self.people)
		head = f"{count(names, 'name')} look like {count(people, 'person', 'people')}."
		self._names.addWidget(banner("info", head, "Phones call one person by different names. This can wait.", go))

	# parts
	def _head(self) -> Item:
		new = sum(one.new for one in self.receipts)
		at = next((one.imported_at for one in self.receipts if one.imported_at), None)
		phones = f"From {count(len(self.receipts), 'phone')}, " if len(self.receipts) > 1 else ""
		kept = (
			"What you left out is kept nowhere." if self._parted else "The exports themselves are kept too, unchanged."
		)
		when = f"{phones}{moment_words(at)}. {kept}" if at else "The archive is as it was."
		aside = any(one.set_aside for one in self.receipts)
		ic, ink = ("checkmark_circle:filled", "ok") if self.receipts and not aside else ("info:filled", "muted")
		title = say(self._title(new), "title", wrap=True)
		return row(Glyph(ic, ink, 32), (col(title, say(when, "muted", wrap=True), gap=2), 1), gap=14)

	def _title(self, new: int) -> str:
		if not self.receipts:
			return "Nothing was imported"
		if any(one.set_aside for one in self.receipts):
			return "This import was undone, and its messages are set aside"
		if self.old:
			return f"Receipt: {count(new, 'message')} added"
		if not new:
			return "Nothing new: everything was here already"
		return f"{count(new, 'new message is', 'new messages are')} in the archive"

	def _figures(self) -> QWidget:
		receipts = self.receipts
		new, here = sum(one.new for one in receipts), sum(one.matched for one in receipts)
		gone = sum(one.disposed_earlier + one.past_cut_off for one in receipts)
		unread = sum(one.unread_lines for one in receipts)
		files = sum(one.media_present for one in receipts)
		missing = sum(one.media_missing for one in receipts)
		cells = [
			_number(new, "new", "kept once each"),
			_number(here, "already here", "matched, not doubled"),
		]
		if gone:
			cells.append(_number(gone, "not brought back", "erased earlier, or older than what was erased"))
		if len(receipts) > 1:
			photos = "as each phone counts its own"
		else:
			are = "is" if missing == 1 else "are"
			photos = f"{missing:,} more {are} named but not in the export" if missing else ""
		cells.append(_number(files, "photos and files", photos))
		cells.append(
			_number(unread, "lines not understood", "every line was read" if not unread else "kept in the export")
		)
		parts: list[Item] = []
		for cell in cells:
			parts += [rule(vertical=True), (cell, 1)] if parts else [(cell, 1)]
		return card(Columns(*parts, gap=20, fold=640), pad=(20, 14, 20, 14))

	def _verbs(self) -> Item:
		look = button("See them in the archive", "primary")
		look.clicked.connect(self.see)
		paper = button("Print the receipt", ic="print")
		paper.clicked.connect(self.printed)
		more = button("Back to Import" if self.old else "Import another")
		more.clicked.connect(self.again)
		self.undo_button = button(
			"Undo this import…" if len(self.receipts) == 1 else "Undo these imports…", "quiet", "arrow_undo"
		)
		self.undo_button.clicked.connect(self.undo)
		undoable = any(one.export_id is not None and not one.set_aside for one in self.receipts)
		if not undoable:
			self.undo_button.hide()
		return row(look, paper, more, None, self.undo_button, gap=8)

	def _phones(self) -> QWidget:
		items: list[Item] = [say("What came from each phone", "head", wrap=False), 2]
		for one in self.receipts:
			items += [rule(), self._phone(one)]
		sealed = (
			[f"{count(whole, 'file')}, kept unchanged"] if (whole := len(self.receipts) - len(self._parted)) else []
		)
		if self._parted:
			sealed.append(f"{count(len(self._parted), 'file')} without what you left out")
		items += [rule(), row(_label("Sealed originals"), (say("; ".join(sealed), wrap=True), 1), gap=16, pad=_ROW)]
		return card(*items, gap=0, pad=(20, 14, 20, 8))

	def _phone(self, one: Receipt) -> Item:
		change = link("Change", name=f"Change whose phone it is: {one.phone}")
		change.setAccessibleName(f"Change whose phone it is: {one.phone}")
		change.clicked.connect(lambda: self.holder.emit(one))
		lines: list[Item] = [say(_figures_of(one), wrap=True), say(f"{one.file} – {_span(one)}", "muted", wrap=True)]
		if one.unread_lines:
			go = link("Look", name=f"Look at what was not understood in {one.file}")
			go.setAccessibleName(f"Look at what was not understood in {one.file}")
			go.clicked.connect(lambda: self.unread.emit(one))
			words = count(one.unread_lines, "line was not understood", "lines were not understood")
			lines.append(row(say(f"{words}.", wrap=False), go, None, gap=8))
		if one.clock_offset:
			lines.append(fact("clock", clock_words(one.clock_offset), "muted"))
		lines += [fact("info", words, "muted") for words in one.warnings]
		name = col(_label(one.phone), say(one.group, "muted", wrap=True, width=190), None, gap=0)
		return row(name, (col(*lines, None, gap=2), 1), col(change, None, gap=0), gap=16, pad=_ROW)


_ROW = (0, 8, 0, 8)


def undone_page_words(results: Sequence[tuple[Receipt, Undone]]) -> tuple[str, list[str]]:
	"""Return the title and the sentences of what an undo did."""
	gone = sum(one.messages for _, one in results if not one.set_aside)
	aside = [one for _, one in results if one.set_aside]
	sentences = []
	if len(aside) < len(results):
		words = count(gone, "message", "messages")
		imports, exports = ("this import", "export") if len(results) - len(aside) == 1 else ("these imports", "exports")
		sentences.append(
			f"{words} that only {imports} showed went out of the archive again, with the sealed {exports}."
			if gone
			else "No message went: others show all of them, too."
		)
	for one in aside:
		words = count(one.messages, "message is", "messages are")
		sentences.append(
			f"{words} set aside: out of the archive’s lists, still found by requests. {_sentence(one.reason)}".strip()
		)
	title = "The import is undone" if len(results) == 1 else "The imports are undone"
	if len(aside) == len(results):
		title = "The import is set aside" if len(results) == 1 else "The imports are set aside"
	return title, sentences


class UndonePage(QWidget):
	"""What an undo did, and what it could not."""

	again = Signal()

	def __init__(self, results: Sequence[tuple[Receipt, Undone]], refused: Sequence[tuple[Receipt, str]] = ()) -> None:
		"""Take what was undone or set aside, and which imports stay, with the reason."""
		super().__init__()
		title, sentences = undone_page_words(results) if results else ("Nothing was undone", [])
		ic, ink = ("checkmark_circle:filled", "ok") if results else ("info:filled", "muted")
		words = [say(one, wrap=True) for one in sentences]
		items: list[Item] = [
			row(Glyph(ic, ink, 32), (col(say(title, "title", wrap=True), *words, gap=4), 1), gap=14),
		]
		items += [
			banner("warn", f"{one.phone}, {one.group}: this import stays.", _sentence(why)) for one, why in refused
		]
		told = [say(f"{one.phone}, {one.group}: {one.file}", "muted", wrap=True) for one, _ in results]
		back = button("Back to Import", "primary")
		back.clicked.connect(self.again)
		items.append(col(*told, 12, row(back, None), gap=2, pad=(46, 0, 0, 0)))
		self.setLayout(col((page(*items, width=860), 1), gap=0))


class VerbatimDialog(QDialog):
	"""Lines exactly as the export has them."""

	def __init__(self, receipt: Receipt, lines: Sequence[str], parent: QWidget) -> None:
		super().__init__(parent)
		self.setWindowTitle("Not understood")
		self.setModal(True)
		box = QPlainTextEdit("\n".join(lines))
		box.setReadOnly(True)
		box.setTabChangesFocus(True)
		box.setAccessibleName("Lines that were not understood, as the export has them")
		box.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
		done = button("Close", "primary")
		done.setDefault(True)
		done.clicked.connect(self.accept)
		words = count(len(lines), "line", "lines")
		head = say(f"{words} before the first message of {receipt.file}", "head", wrap=True)
		told = say("They belong to no message. They stay in the sealed export, as they stand here.", "muted", wrap=True)
		self.setLayout(col(head, told, (box, 1), row(None, done), gap=8, pad=(20, 16, 20, 14)))
		self.resize(theme.px(620), theme.px(400))


def _sentence(words: str) -> str:
	return f"{words.rstrip('.')}." if words else ""


def _label(words: str) -> QWidget:
	made = say(words, "strong", wrap=True)
	theme.scaled(made, "setFixedWidth", 190)
	return made


def _number(n: int, words: str, note: str) -> Item:
	lines: list[Item] = [say(f"{n:,}", "figure", wrap=False), say(words, "strong", wrap=True)]
	if note:
		lines.append(say(note, "muted", wrap=True))
	return col(*lines, None, gap=1)


def _trouble(name: str, problem: CranfordError) -> QWidget:
	words = " ".join(part for part in (problem.safe, problem.do) if part)
	return banner("warn", f"{name}: {problem.what}", words)


def _figures_of(one: Receipt) -> str:
	parts = [f"{one.records:,} read, {one.new:,} new"]
	if one.on_other_phones:
		parts.append(f"{one.on_other_phones:,} also on another phone")
	if one.not_chosen:
		parts.append(f"{one.not_chosen:,} left out, as you chose")
	if one.disposed_earlier + one.past_cut_off:
		parts.append(f"{one.disposed_earlier + one.past_cut_off:,} erased earlier and not brought back")
	said = ", ".join(parts) + "."
	if one.media_missing and not one.media_present:
		said += f" No photos or files in it, {one.media_missing:,} named."
	elif one.media_present:
		said += f" {count(one.media_present, 'photo or file', 'photos and files')}"
		said += f", {one.media_missing:,} named but missing." if one.media_missing else "."
	else:
		said += " No photos or files."
	if one.files_filled:
		filled = count(one.files_filled, "photo or file", "photos and files")
		said += f" {filled} that earlier exports only named came with it."
	return said


def _span(one: Receipt) -> str:
	return f"{day_words(one.first.date(), weekday=False)} to {day_words(one.last.date(), weekday=False)}"
