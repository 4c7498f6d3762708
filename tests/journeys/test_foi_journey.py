"""A request for information, from the form to the printed pack, in the real window with keyboard and mouse."""

# ruff: noqa: F401, F811 - pytest finds fixtures by their names in this module

import zipfile
from collections.abc import Callable
from pathlib import Path

import pypdfium2
from PySide6.QtCore import Qt, QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QDialog

from cranford_desktop.ui.parts.pdf_printing import PrintJob
from cranford_desktop.ui.parts.redact_dialog import RedactDialog
from cranford_desktop.ui.parts.withhold_dialog import WithholdDialog
from tests.ui.conftest import dressed
from tests.ui.flow_support import ADDRESS, NUMBER, RESIDENT, settle, town, town_window, words_of
from tests.ui.ui_support import button_named

SPELLINGS = (RESIDENT, RESIDENT.upper(), "Okonkwo", NUMBER, "+44 7700 900123", "07700900123", ADDRESS)


def in_dialog(kind: type[QDialog], fill: Callable[[QDialog], object]) -> None:
	"""Answer the next modal dialog: fill it in, then press its button."""

	def answer() -> None:
		dialog = QApplication.activeModalWidget()
		if not isinstance(dialog, kind):
			QTimer.singleShot(20, answer)
			return
		fill(dialog)
		dialog.go.click()

	QTimer.singleShot(0, answer)


def words_in(folder: Path) -> str:
	"""Return everything that can be read in a folder's files, the PDF page by page, the workbook part by part."""
	found = []
	for path in sorted(folder.rglob("*")):
		if path.suffix == ".pdf":
			document = pypdfium2.PdfDocument(path.read_bytes())
			found += [document[n].get_textpage().get_text_bounded() for n in range(len(document))]
		elif path.suffix == ".xlsx":
			with zipfile.ZipFile(path) as book:
				found += [book.read(name).decode("utf-8", "replace") for name in book.namelist()]
		elif path.is_file():
			found.append(path.read_text(encoding="utf-8"))
	return "\n".join(found)


def test_from_the_form_to_the_printed_pack(town, town_window, tmp_path, qtbot):
	window = town_window
	window.go("requests")
	tab = window.tab_pages["requests"]
	button_named(tab, "Record a request").click()

	# the form: two questions decide the law; the day is worked out while she types
	form = tab.form
	form.wording.setPlainText("All messages about the drainage of Mill Lane.")
	form.themselves.no.click()
	form.environment.yes.click()
	form.requester.setText("A Green")
	form.received.set_text("23 11 26")
	assert form.answer_by.text() == "Answer by Tuesday 22 December 2026"
	button_named(tab, "Save the request").click()
	assert tab.current.reference == "EIR-2026-001"
	assert "20 working days left" in words_of(tab.page)

	# search, add, confirm
	button_named(tab, "Search the archive: Not yet started").click()
	tab.gather.words.setText("mill lane")
	qtbot.keyClick(tab.gather.words, Qt.Key.Key_Return)
	settle(window, qtbot)
	button_named(tab, "Add 5 to this request").click()
	settle(window, qtbot)
	button_named(tab, "See what is in it, then confirm").click()
	settle(window, qtbot)
	button_named(tab, "Confirm: these 5 messages are everything").click()
	settle(window, qtbot)
	decide = tab.decide
	assert tab.stack.currentWidget() is decide

	# cover up the resident's name, number and address everywhere
	for words, places in ((RESIDENT, 2), (NUMBER, 2), (ADDRESS, 1)):

		def fill(dialog: RedactDialog, words: str = words, places: int = places) -> None:
			dialog.words.setText(words)
			dialog.look()
			assert dialog.places() == places

		in_dialog(RedactDialog, fill)
		qtbot.keyClick(decide.view, Qt.Key.Key_E)
		settle(window, qtbot)
	assert len(town.redacting.redactions(tab.current.id)) == 3

	# decide with one key each; withhold one
	decide.view.show_message(decide.state.ids()[0])
	qtbot.keyClick(decide.view, Qt.Key.Key_D)

	def why(dialog: WithholdDialog) -> None:
		button_named(dialog, "Begin with: A resident’s name").click()
		dialog.reason.setPlainText("It is about someone else.")

	in_dialog(WithholdDialog, why)
	qtbot.keyClick(decide.view, Qt.Key.Key_W)
	for _ in range(3):
		qtbot.keyClick(decide.view, Qt.Key.Key_R)
	assert "All done" in words_of(decide.panel)
	picture = next(one for one in decide.state.ids() if decide.state.candidate(one).row.attachments)
	decide.view.show_message(picture)
	decide.panel.photos.click()
	qtbot.keyClick(decide.view, Qt.Key.Key_F9)
	settle(window, qtbot)
	read = " ".join(decide.reader.line_of(one).spoken for one in decide.reader.message_ids())
	assert not [one for one in SPELLINGS if one in read]

	# check the answers, make the pack
	tab.open_task("pack")
	assert "None – everything is decided" in words_of(tab.check)
	button_named(tab, "Make the pack").click()
	settle(window, qtbot)
	assert tab.stack.currentWidget() is tab.pack
	said = words_of(tab.pack)
	assert "looked for everything you removed" in said
	assert "It was checked for the words you removed." in said
	assert "safe" not in said

	# save a copy outside and read every byte of it
	tab.pack.place(tmp_path / "stick")
	settle(window, qtbot)
	disclosed = tab.pack.placed / "DISCLOSURE"
	assert {path.suffix for path in disclosed.iterdir()} >= {".pdf", ".xlsx"}
	outside = words_in(disclosed)
	assert not [one for one in SPELLINGS if one.casefold() in outside.casefold()]
	assert "A Green" not in outside
	for path in disclosed.iterdir():
		data = path.read_bytes()
		assert not [one for one in SPELLINGS if one.encode() in data or one.encode("utf-16-le") in data]
	assert "It is about someone else." in words_in(tab.pack.placed / "INTERNAL")

	# look at it, page by page, and print it to a file
	button_named(tab, "Look at the pack").click()
	preview = tab.look.preview
	assert preview.pages() >= 2
	for n in range(preview.pages()):
		preview.view.go_to(n)
		assert not preview.grab().isNull()
	printer = QPrinter(QPrinter.PrinterMode.HighResolution)
	printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
	printer.setOutputFileName(str(tmp_path / "printed.pdf"))
	assert PrintJob(preview._pages.data, printer).run().pages == preview.pages()
	assert len(pypdfium2.PdfDocument((tmp_path / "printed.pdf").read_bytes())) == preview.pages()

	# the request remembers all of it
	tab._leave_look()
	tab.show_request()
	said = words_of(tab.page)
	assert "Pack 1 is the latest" in said
	assert "mill lane" in said
	assert any("made" in action or "pack" in action for action in ledger_actions(town))


def ledger_actions(town) -> list[str]:
	"""Return what the record of actions says was done."""
	from cranford_desktop.store import ledger

	with town.archive.reading() as connection:
		return [entry.action for entry in ledger.entries(connection)]


def test_a_second_pack_replaces_the_first(town, town_window, qtbot):
	from datetime import date

	from cranford_desktop.domain.messages import MessageFilter

	made = town.requests.create(regime="foi", received=date(2026, 11, 23), requester="", wording="Mill Lane")
	town.gathering.gather(made.id, MessageFilter(search="mill lane"))
	town.deciding.decide(made.id, [one.row.id for one in town.deciding.candidates(made.id)], "release")
	window, tab = town_window, town_window.tab_pages["requests"]
	window.go(f"requests:{made.id}")
	for number in (1, 2):
		tab.open_task("pack")
		button_named(tab, "Make the pack").click()
		settle(window, qtbot)
		assert f"pack {number}." in words_of(tab.pack)
	tab.show_request()
	tab.open_task("send")
	assert "pack 2." in words_of(tab.pack)
