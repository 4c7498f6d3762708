"""Import: drop or choose, check what was found before anything is written, then a receipt."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from cranford_desktop.domain.importing import Preview
from cranford_desktop.domain.messages import DateOrder, Receipt
from cranford_desktop.domain.work import Progress, Stopped
from cranford_desktop.errors import CranfordError
from cranford_desktop.services.council import Council
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.basics import (
	Button,
	Columns,
	Fold,
	Glyph,
	Item,
	banner,
	box,
	button,
	card,
	centre,
	clear,
	col,
	flow_foot,
	frame,
	link,
	page,
	row,
	rule,
	say,
)
from cranford_desktop.ui.parts.export_card import ExportCard, Found, facts_of
from cranford_desktop.ui.parts.receipt_page import receipt_page
from cranford_desktop.ui.parts.wording import count, day_words

_FILTER = "WhatsApp exports (*.zip *.txt);;All files (*)"
_TIPS = (
	(
		"phone",
		"How a member exports a chat",
		"iPhone: open the group, tap its name, then Export Chat. "
		"Android: open the group, tap the three dots, then More, then Export chat.",
	),
	("image", "With or without photos?", "With photos, if the phone allows it. They are kept with the messages."),
	(
		"history",
		"Imported before?",
		"Send the whole chat again. Messages that are already here are matched, not doubled.",
	),
)


class ImportTab(QWidget):
	"""Drop page, check page, receipt."""

	def __init__(self, council: Council, window) -> None:
		super().__init__()
		self._council, self._window = council, window
		self._stack = QStackedWidget()
		outer = QVBoxLayout(self)
		outer.setContentsMargins(0, 0, 0, 0)
		outer.addWidget(self._stack)
		self.cards: list[ExportCard] = []
		self._busy = False
		self._begin()

	# the place to drop
	def _begin(self) -> None:
		pick = button("Choose files…", "primary")
		pick.clicked.connect(self.choose_files)
		zone = frame(None, "drop")
		layout = col(
			None,
			Glyph("arrow_import", "accent", 44),
			2,
			say("Drop WhatsApp exports here", "title", wrap=False),
			say("The .zip files that members send you. They stay on this computer.", "muted", wrap=False),
			6,
			pick,
			None,
			gap=6,
			pad=20,
		)
		centre(layout)
		zone.setLayout(layout)
		theme.scaled(zone, "setMinimumHeight", 232)
		tips = Columns(
			*(
				(box(row(Glyph(ic, "muted", 24), (self._tip(head, body), 1), gap=12, top=True)), 1)
				for ic, head, body in _TIPS
			),
			gap=28,
			fold=760,
		)
		self._past = col(gap=0)
		self._show(page(say("Import", "title", wrap=False), zone, tips, box(self._past)))
		self._fill_past()

	def _tip(self, head: str, body: str) -> QWidget:
		return box(col(say(head, "strong", wrap=True), say(body, "muted", wrap=True), None, gap=2))

	def _fill_past(self) -> None:
		clear(self._past)
		receipts = self._council.importing.receipts()
		if not receipts:
			return
		rows: list[Item] = [say("Past imports", "head", wrap=False), 4]
		for receipt in receipts[:30]:
			go = link("Receipt", name=f"Receipt of {receipt.file}")
			go.setAccessibleName(f"Receipt of {receipt.file}")
			go.clicked.connect(lambda _=False, receipt=receipt: self.show_receipts([receipt], [], old=True))
			at = f"{day_words(receipt.imported_at.date(), weekday=False)}" if receipt.imported_at else ""
			words = col(
				say(receipt.file, "strong", wrap=True),
				say(f"{receipt.group}, {receipt.phone} – {count(receipt.new, 'new message')}", "muted", wrap=True),
				gap=0,
			)
			rows += [rule(), row((words, 1), say(at, "muted", wrap=False), go, gap=16, pad=(0, 8, 0, 8))]
		self._past.addWidget(card(*rows, gap=0, pad=(20, 14, 20, 8)))

	def _show(self, widget: QWidget) -> None:
		while self._stack.count():
			old = self._stack.widget(0)
			self._stack.removeWidget(old)
			old.deleteLater()
		self._stack.addWidget(widget)

	def refresh(self) -> None:
		"""Read the past imports again, unless a check or a receipt is on screen."""
		if not self.cards and not self._busy and self._past is not None:
			self._fill_past()

	def start_again(self) -> None:
		"""Go back to the place to drop; nothing of what was looked at is kept."""
		self.cards = []
		self._begin()

	# reading
	def choose_files(self) -> None:
		"""Ask for files."""
		names, _ = QFileDialog.getOpenFileNames(self, "Choose WhatsApp exports", "", _FILTER)
		if names:
			self.take_files([Path(name) for name in names])

	def take_files(self, files: Sequence[Path], reasons: Sequence[str] = ()) -> None:
		"""Read files and show what they are; `reasons` say why other dropped files were left out."""
		if self._busy:
			self._window.toast("One import at a time. This one has to finish first.")
			return
		files = list(dict.fromkeys([*(one.found.path for one in self.cards), *files]))
		self._busy = True

		def read(progress: Progress, stopped: Stopped) -> list[Found]:
			out = []
			for at, path in enumerate(files):
				name = f"– {path.name}" if len(files) > 1 else ""

				def told(done: int, total: int, what: str, at: int = at, name: str = name) -> None:
					progress(
						done, total, f"{what} {f'in file {at + 1} of {len(files)} {name}' if name else ''}".strip()
					)

				out.append(self._look(path, None, told, stopped))
			return out

		title = f"Reading {files[0].name}" if len(files) == 1 else f"Reading {len(files)} files"
		self._window.run(
			title,
			read,
			lambda found: self._check(found, reasons),
			failed=self._not_read,
			cancelled=self._stopped,
			promise="Nothing is added by reading.",
		)

	def _look(self, path: Path, order: DateOrder | None, progress: Progress, stopped: Stopped) -> Found:
		try:
			preview = self._council.importing.preview(path, date_order=order, progress=progress, stopped=stopped)
		except CranfordError as problem:
			return Found(path, None, problem)
		return Found(path, preview, None, facts_of(preview))

	def _not_read(self, problem: CranfordError) -> None:
		self._busy = False
		self._window.problem(problem)

	def _stopped(self) -> None:
		self._busy = False
		self._window.toast("Stopped. Nothing was added.")

	# checking
	def _check(self, found: list[Found], reasons: Sequence[str]) -> None:
		self._busy = False
		self.cards = [ExportCard(one, self._again) for one in found]
		usable = [one for one in self.cards if one.usable]
		items: list[Item] = [say("Check what we found", "title", wrap=False)]
		items += [banner("warn", "Left out", reason) for reason in reasons]
		items += list(self.cards)
		self._summary = col(gap=0)
		items.append(box(self._summary))
		cancel = button("Do not import" if usable else "Back")
		cancel.clicked.connect(self.start_again)
		self._leave_button = cancel
		verbs: list[Item] = [cancel]
		if usable:
			self._take_button = button("Import", "primary")
			self._take_button.clicked.connect(self.import_all)
			verbs += [4, self._take_button]
		foot = flow_foot("Nothing has been added yet.", *verbs)
		self._show(Fold(None, page(*items, pad=(24, 14, 24, 20), gap=12, width=1000), foot))
		for one in self.cards:
			one.answered.connect(self._count_up)
		self._count_up()
		if self._window.council is not None:
			self._window.go("import")

	def _count_up(self) -> None:
		wanted = [one for one in self.cards if one.wanted]
		new = sum(one.found.preview.new for one in wanted)
		if any(one.usable for one in self.cards):
			self._take_button.say(f"Import {count(new, 'new message')}" if wanted else "Import")

	def _again(self, shown: ExportCard, order: DateOrder) -> None:
		path = shown.found.path

		def done(found: Found) -> None:
			if found.problem is not None:
				self._window.problem(found.problem)
				shown.keep_order()
			else:
				shown.show_found(found)
				self._count_up()

		self._window.run(
			f"Reading {path.name} again",
			lambda progress, stopped: self._look(path, order, progress, stopped),
			done,
			cancelled=shown.keep_order,
			promise="Nothing is added by reading.",
		)

	# importing
	def import_all(self) -> None:
		"""Import every file that is wanted, one after the other; each succeeds or leaves nothing."""
		faulty = [one for one in self.cards if one.usable and not one.check()]
		if faulty:
			faulty[0].first_question().setFocus(Qt.FocusReason.OtherFocusReason)
			return
		self._queue = [one for one in self.cards if one.wanted]
		if not self._queue:
			self.start_again()
			self._window.toast("Nothing was imported.")
			return
		self._receipts: list[Receipt] = []
		self._troubles: list[tuple[str, CranfordError]] = []
		self._total = len(self._queue)
		self._busy = True
		for one in (self._take_button, self._leave_button, *self.cards):
			one.setEnabled(False)
		self._next()

	def _next(self) -> None:
		if not self._queue:
			self._finish()
			return
		shown = self._queue.pop(0)
		preview: Preview = shown.found.preview
		group, phone = shown.group(), shown.phone()
		at = self._total - len(self._queue)
		many = f" {at} of {self._total}" if self._total > 1 else ""

		def done(receipt: Receipt) -> None:
			self._receipts.append(receipt)
			self._next()

		def failed(problem: CranfordError) -> None:
			self._troubles.append((preview.path.name, problem))
			self._next()

		def cancelled() -> None:
			self._queue = []
			self._troubles.append(
				(
					preview.path.name,
					CranfordError("Stopped. Nothing of this file was added.", "The archive is as it was."),
				)
			)
			self._finish()

		self._window.run(
			f"Importing{many} – {preview.path.name}",
			lambda progress, stopped: self._council.importing.take(
				preview, group=group, phone=phone, progress=progress, stopped=stopped
			),
			done,
			failed=failed,
			cancelled=cancelled,
		)

	def _finish(self) -> None:
		self._busy = False
		self.cards = []
		self.show_receipts(self._receipts, self._troubles)
		self._window.changed()

	def show_receipts(
		self, receipts: Sequence[Receipt], troubles: Sequence[tuple[str, CranfordError]], *, old: bool = False
	) -> None:
		"""Show what imports did: one page, also later."""
		self._past = None
		self._show(
			receipt_page(
				receipts,
				troubles,
				old=old,
				see=lambda: self._window.go("archive"),
				again=self.start_again,
			)
		)
		first = next((one for one in self.findChildren(Button) if one.property("kind") == "primary"), None)
		if first is not None and self.isVisible():
			first.setFocus(Qt.FocusReason.OtherFocusReason)
