"""The ways in: set-up, pass phrase, lock, practice."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QMessageBox

from cranford_desktop.services.council import Council
from cranford_desktop.ui.application import Entrance
from cranford_desktop.ui.opening import UnlockPage
from cranford_desktop.ui.parts.help_pages import NoSheetDialog, SheetDialog
from cranford_desktop.ui.parts.strength import strength
from cranford_desktop.ui.settings import WindowSettings
from cranford_desktop.ui.wizards.first_run import FirstRun, folder_for
from tests.ui.ui_support import button_named, clipped, inside, primaries, until

PHRASE = "lantern gravel teapot"


def set_up(entrance: Entrance, qtbot, phrase: str | None = PHRASE) -> FirstRun:
	button_named(entrance.window, "Set up my council").click()
	flow = entrance.window.findChild(FirstRun)
	flow.name.setText("Cranford Parish Council")
	flow.go_on()
	if phrase is None:
		flow.without.setChecked(True)
	else:
		flow.phrase.box.setText(phrase)
		flow.again.box.setText(phrase)
	flow.go_on()
	flow.go_on()
	assert flow.step == 3
	return flow


def test_the_start_page_offers_three_ways_and_one_next_step(entrance: Entrance) -> None:
	for words in ("Set up my council", "Look at the practice council", "Open…"):
		assert button_named(entrance.window, words)
	assert primaries(entrance.window) == ["Set up my council"]
	assert clipped(entrance.window) == []


def test_a_council_is_set_up_and_the_recovery_sheet_put_off(entrance: Entrance, qtbot) -> None:
	flow = set_up(entrance, qtbot)
	flow.go_on()
	until(qtbot, lambda: flow.step == 4)
	assert entrance.window.council is None
	button_named(flow, "I’ll do it later").click()
	council = entrance.window.council
	assert council.name == "Cranford Parish Council"
	assert council.encrypted
	assert "recovery_sheet" in [item.key for item in council.home.page().items]
	assert council.policy_review.policy().minute
	entrance.window.show_recovery_sheet()
	[sheet] = entrance.window.findChildren(SheetDialog)
	button_named(sheet, "I have printed or saved it").click()
	assert "recovery_sheet" not in [item.key for item in council.home.page().items]


def answering(monkeypatch: pytest.MonkeyPatch, words: str) -> list[str]:
	"""Let every question be answered with one of its verbs; return what was asked."""
	asked: list[str] = []
	monkeypatch.setattr(QMessageBox, "exec", lambda box: asked.append(box.text()))
	monkeypatch.setattr(
		QMessageBox, "clickedButton", lambda box: next(one for one in box.buttons() if one.text() == words)
	)
	return asked


def test_a_recovery_key_is_not_forgotten_without_a_question(entrance: Entrance, qtbot, monkeypatch, dressed) -> None:
	flow = set_up(entrance, qtbot)
	flow.go_on()
	until(qtbot, lambda: flow.step == 4)
	window = entrance.window
	asked = answering(monkeypatch, "Stay")
	assert not window.close()  # the sheet is on screen
	flow.go_back()
	assert not window.close()
	window.lock()
	assert asked == ["The recovery sheet has not been printed or saved."] * 3
	assert window.council is not None
	answering(monkeypatch, "Print or save it now")
	window.lock()
	[sheet] = window.findChildren(SheetDialog)
	assert sheet.isVisible()
	sheet.reject()
	asked = answering(monkeypatch, "Lock anyway")
	window.lock()
	assert len(asked) == 1
	assert window.council is None
	page = window.findChildren(UnlockPage)[-1]
	page._secret.box.setText(PHRASE)
	page.open()
	until(qtbot, lambda: window.council is not None)
	[item] = [one for one in window.council.home.page().items if one.key == "recovery_sheet"]
	assert item.head == "No recovery sheet was made."
	window.go(item.target)
	[told] = window.findChildren(NoSheetDialog)
	assert "later release" in " ".join(label.text() for label in inside(told, QLabel))
	button_named(told, "I wrote the key down").click()
	assert "recovery_sheet" not in [one.key for one in window.council.home.page().items]
	window.lock()
	assert len(asked) == 1


def test_a_saved_recovery_sheet_is_not_asked_for_again(entrance: Entrance, qtbot, tmp_path: Path) -> None:
	flow = set_up(entrance, qtbot)
	flow.go_on()
	until(qtbot, lambda: flow.step == 4)
	flow.save_sheet_to(tmp_path / "sheet.pdf")
	assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
	flow.go_on()
	assert "recovery_sheet" not in [item.key for item in entrance.window.council.home.page().items]


def test_no_pass_phrase_is_a_choice_with_its_consequence(entrance: Entrance, qtbot) -> None:
	flow = set_up(entrance, qtbot, None)
	flow.go_on()
	until(qtbot, lambda: entrance.window.council is not None)
	assert not entrance.window.council.encrypted


def test_what_is_wrong_is_said_and_what_was_typed_stays(entrance: Entrance) -> None:
	entrance.set_up()
	flow = entrance.window.findChild(FirstRun)
	flow.go_on()
	assert flow.step == 0
	assert flow._name_faults.words() == ["Say what your council is called"]
	flow.name.setText("Cranford")
	flow.go_on()
	flow.phrase.box.setText(PHRASE)
	flow.again.box.setText("something else")
	flow.go_on()
	assert flow.step == 1
	assert flow._safe_faults.words() == ["The two pass phrases differ. Type the same one twice"]
	assert flow.phrase.text() == PHRASE
	flow.phrase.box.setText("short")
	flow.go_on()
	assert "at least" in flow._safe_faults.words()[0]
	flow.go_back()
	assert flow.name.text() == "Cranford"


def test_the_policy_is_there_to_read(entrance: Entrance, dressed) -> None:
	entrance.window.show_policy()
	dialog = dressed.activeModalWidget()
	assert isinstance(dialog, QDialog)
	assert "September 2026" in " ".join(
		label.text() for label in dialog.findChildren(type(entrance.window._toast._words))
	)
	dialog.accept()


def test_lock_closes_and_asks_again(entrance: Entrance, qtbot) -> None:
	flow = set_up(entrance, qtbot)
	flow.go_on()
	until(qtbot, lambda: flow.step == 4)
	flow.go_on()
	entrance.window.toast("Mrs Potter is named.")
	entrance.window.lock()
	assert entrance.window.council is None
	assert not entrance.window._toast.isVisible()
	page = entrance.window.findChildren(UnlockPage)[-1]
	page._secret.box.setText("wrong words altogether")
	page.open()
	until(qtbot, lambda: page._task is None)
	assert entrance.window.council is None
	page._secret.box.setText(PHRASE)
	page.open()
	until(qtbot, lambda: entrance.window.council is not None)


def test_a_back_up_is_brought_back_from_the_menu_as_new_records(
	entrance: Entrance, council: Council, qtbot, tmp_path: Path, monkeypatch
) -> None:
	window = entrance.window
	backup = council.safekeeping.backup(tmp_path).path
	made = set_up(entrance, qtbot)
	made.go_on()
	until(qtbot, lambda: made.step == 4)
	made.go_on()
	first = window.council
	monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
	window._actions["restore"].trigger()
	assert window.council is first
	monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(backup))
	window._actions["restore"].trigger()
	assert window.council is None
	page = window.findChildren(UnlockPage)[-1]
	assert "No record of erased messages was looked for" in " ".join(one.text() for one in inside(page, QLabel))
	until(qtbot, page._go.isVisible)
	until(qtbot, lambda: clipped(window) == [])
	button_named(page, "Bring it back").click()
	until(qtbot, lambda: window.council is not None)
	assert window.council.name == "Example Parish Council"
	assert window.council.browsing.count() == 41
	assert window.council.folder not in (council.folder, first.folder)
	assert entrance._settings.recent()[0] == window.council.folder


def test_a_folder_that_is_no_back_up_leaves_the_records_open(
	entrance: Entrance, council: Council, tmp_path: Path, dressed
) -> None:
	entrance.opened(council)
	(tmp_path / "empty").mkdir()
	entrance.bring_back(tmp_path / "empty")
	dialog = dressed.activeModalWidget()
	assert dialog is not None
	dialog.accept()
	assert entrance.window.council is council


def test_a_folder_that_is_no_archive_is_said_plainly(entrance: Entrance, tmp_path: Path, dressed) -> None:
	entrance.open_folder(tmp_path)
	dialog = dressed.activeModalWidget()
	assert dialog is not None
	dialog.accept()


def test_the_practice_council_says_what_it_is_and_which_day_it_is(entrance: Entrance, qtbot) -> None:
	button_named(entrance.window, "Look at the practice council").click()
	until(qtbot, lambda: entrance.window.council is not None)
	names = [child.accessibleName() for child in entrance.window.findChildren(type(entrance.window.centralWidget()))]
	assert "Practice. Nothing here is real. It is Monday 23 November 2026 here." in names
	assert entrance._settings.recent() == []


@pytest.mark.parametrize(
	("phrase", "level"),
	[
		("password1", "weak"),
		("Cranford2026", "weak"),
		("aaaaaaaaaaaa", "weak"),
		("lantern gravel teapot", "strong"),
		("correct horse battery staple", "strong"),
	],
)
def test_strength_is_said_in_words(phrase: str, level: str) -> None:
	assert strength(phrase, "Cranford Parish Council")[0] == level


def test_a_council_gets_a_new_folder_of_its_own(tmp_path: Path) -> None:
	first = folder_for(tmp_path, "St Mary’s / Parish: Council..")
	assert first.parent == tmp_path
	first.mkdir()
	(first / "archive.db").write_text("x")
	assert folder_for(tmp_path, "St Mary’s / Parish: Council..") != first
	assert folder_for(tmp_path, "../../etc").parent == tmp_path
	assert folder_for(tmp_path, "…").name


def test_the_window_remembers_folders_newest_first(tmp_path: Path) -> None:
	settings = WindowSettings(tmp_path / "w.ini")
	for name in ("a", "b"):
		(tmp_path / name).mkdir()
		settings.opened(tmp_path / name)
	settings.opened(tmp_path / "gone")
	settings.save()
	assert WindowSettings(tmp_path / "w.ini").recent() == [tmp_path / "b", tmp_path / "a"]
	(tmp_path / "w.ini").write_text("[General]\nzoom=enormous\nlook=purple\n")
	broken = WindowSettings(tmp_path / "w.ini")
	assert (broken.zoom, broken.look) == (100, "system")
