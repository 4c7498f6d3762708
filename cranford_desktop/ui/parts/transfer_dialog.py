"""Save or print these messages for the council's own e-mail and files: which, whose, to whom, how."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QFileDialog, QWidget

from cranford_desktop.domain.messages import MessageFilter, MessageRow
from cranford_desktop.domain.transfers import Transfer, TransferFile, TransferForm
from cranford_desktop.services.council import Council
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.ask import Ask
from cranford_desktop.ui.parts.controls import Choice, field
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.patterns import banner
from cranford_desktop.ui.parts.pdf_pages import PdfPages
from cranford_desktop.ui.parts.pdf_printing import Printed, PrintJob, ask_printer
from cranford_desktop.ui.parts.wording import count, day_words

FORMS: tuple[tuple[TransferForm, str, str], ...] = (
	("pdf", "As a PDF", "Save…"),
	("eml", "As an e-mail to send", "Save…"),
	("print", "On paper", "Print…"),
)
_TYPES = {"pdf": "PDF (*.pdf)", "eml": "E-mail (*.eml)"}


@dataclass(frozen=True, slots=True)
class Offer:
	"""Messages that can be handed on together."""

	words: str
	wanted: MessageFilter
	group: str


def offers(
	chosen: Sequence[int], here: MessageRow | None, listed: MessageFilter, listed_count: int
) -> tuple[Offer, ...]:
	"""Return what can be handed on: the messages chosen, the day of the one at hand, everything that is listed."""
	found = []
	ids = tuple(one for one in chosen if one)
	group = here.group if here is not None else listed.group or ""
	if ids:
		words = "This message" if len(ids) == 1 else f"The {len(ids):,} messages chosen"
		found.append(Offer(words, MessageFilter(ids=ids), group))
	if here is not None:
		day = here.sent_at.date()
		words = f"Everything of {day_words(day, weekday=False)} in {here.group}"
		found.append(Offer(words, MessageFilter(group=here.group, start=day, end=day), here.group))
	if listed_count:
		words = f"All that is listed: {count(listed_count, 'message')}"
		found.append(Offer(words, replace(listed), listed.group or ""))
	return tuple(found)


class TransferDialog(Ask):
	"""Asks the four questions; `run` makes the file, puts it where she says and enters it in the register."""

	def __init__(self, council: Council, window, choices: Sequence[Offer]) -> None:
		"""Take what can be handed on; the first choice is the usual one."""
		super().__init__(
			window,
			"Save or print these messages",
			"Nothing is covered up. Every page says: INTERNAL: not a disclosure.",
			FORMS[0][2],
			width=520,
		)
		self._council, self._window, self._choices = council, window, tuple(choices)
		self.which = Choice(*(one.words for one in self._choices))
		self.form = Choice(*(words for _, words, _ in FORMS))
		self.member, self.to_whom, self.what = field(), field(), field(self._choices[0].group)
		names = [one.name for one in council.people.people()]
		for box, known in ((self.member, names), (self.to_whom, self._receivers())):
			completer = QCompleter(known, box)
			completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
			box.setCompleter(completer)
		receivers = self._receivers()
		if receivers:
			self.to_whom.setText(receivers[0])
		self._member = FormField("Whose messages are they?", self.member, "The member who hands them on.")
		self._to = FormField("To whom do they go?", self.to_whom, "The council’s own e-mail address, or a file.")
		self._what = FormField("What are they about?", self.what, "For the register. No names of residents.")
		self._body.setSpacing(theme.px(9))  # all of it in a window of 600 pixels
		self.add(
			FormField("Which messages?", self.which),
			self._member,
			self._to,
			self._what,
			FormField("How?", self.form),
		)
		self.form.currentIndexChanged.connect(lambda at: self.go.say(FORMS[at][2]))
		self.which.currentIndexChanged.connect(self._follow)
		self.accepted.connect(self.run)
		self.member.setFocus()

	def _receivers(self) -> list[str]:
		return list(dict.fromkeys(one.to_whom for one in self._council.transfers.register()))

	def _follow(self, at: int) -> None:
		"""Keep the matter in step with the choice, as long as it is not her own words."""
		if self.what.text() in {"", *(one.group for one in self._choices)}:
			self.what.setText(self._choices[at].group)

	def faults(self) -> dict[FormField, str]:
		found = {}
		if not self.member.text().strip():
			found[self._member] = "Say whose messages they are"
		if not self.to_whom.text().strip():
			found[self._to] = "Say to whom they go"
		if FORMS[self.form.currentIndex()][0] == "eml" and self.to_whom.text().strip().count("@") > 1:
			found[self._to] = "Give one e-mail address"
		return found

	def fields(self) -> tuple[FormField, ...]:
		return (self._member, self._to, self._what)

	def run(self) -> None:
		"""Make the file, then ask where it goes, or print it."""
		form = FORMS[self.form.currentIndex()][0]
		wanted = self._choices[self.which.currentIndex()].wanted
		to = self.to_whom.text().strip()
		address = to if "@" in to and " " not in to else ""

		def done(file: TransferFile) -> None:
			if form == "print":
				self.print(file)
			else:
				self._ask_where(file)

		self._window.run(
			"Making the copy",
			lambda progress, stopped: self._council.transfers.make(
				wanted, form, to=address, progress=progress, stopped=stopped
			),
			done,
			promise="Nothing is written until this finishes.",
		)

	def _ask_where(self, file: TransferFile) -> None:
		name, _ = QFileDialog.getSaveFileName(
			self._window, "Save the copy", str(Path.home() / file.name), _TYPES[file.form]
		)
		if name:
			self.save(file, Path(name))

	def save(self, file: TransferFile, place: Path) -> None:
		"""Write the file to a place and enter it in the register."""
		said = self._said()
		self._window.run(
			"Saving the copy",
			lambda _progress, _stopped: self._council.transfers.save(file, place, **said),
			lambda made: self._done(f"Saved as {place.name}", f"It lies in {place.parent}.", made),
			promise="",
		)

	def print(self, file: TransferFile) -> None:
		"""Ask for a printer, print, and enter it in the register once it is whole."""
		pages = PdfPages(file.data)
		printer = ask_printer(len(pages), file.name, self._window)
		pages.close()
		if printer is not None:
			self.print_on(file, printer)

	def print_on(self, file: TransferFile, printer) -> PrintJob:
		"""Print on a printer that is known."""
		said = self._said()

		def ended(how: Printed) -> None:
			if not how.whole:
				self._window.toast(f"{how.told} Nothing was entered in the register.")
				return
			self._window.run(
				"Entering it in the register",
				lambda _progress, _stopped: self._council.transfers.printed(file, **said),
				lambda made: self._done("Printed", how.told, made),
				promise="",
			)

		job = self._job = PrintJob(file.data, printer, self._window)
		job.ended.connect(ended)
		job.start()
		return job

	def _said(self) -> dict[str, str]:
		return {"member": self.member.text(), "to_whom": self.to_whom.text(), "what": self.what.text()}

	def _done(self, head: str, where: str, made: Transfer) -> None:
		self._window.changed()
		TransferDone(self._window, head, where, made).open()


class TransferDone(Ask):
	"""What was done, where it lies, and the way to the register."""

	def __init__(self, window, head: str, where: str, made: Transfer) -> None:
		super().__init__(window, head, where, "Done", width=460)
		period = _period(made.start, made.end)
		self.add(
			banner("ok", f"{count(made.messages, 'message')}, {period}", "Entered in the transfer register."),
		)
		self.cancel.say("Transfer register")
		self.cancel.clicked.disconnect()
		self.cancel.clicked.connect(lambda: self._to_register(window))
		self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

	def _to_register(self, window: QWidget) -> None:
		self.reject()
		window.go("import:transfers")


def _period(start: date, end: date) -> str:
	first, last = day_words(start, weekday=False), day_words(end, weekday=False)
	return first if start == end else f"{first} to {last}"
