"""A clerk's first day: set up, import, search, name somebody, lock, come back."""

from PySide6.QtWidgets import QAbstractButton

from cranford_desktop.ui.opening import UnlockPage
from tests.ui.conftest import dressed, entrance, nobody_answers  # noqa: F401 fixtures
from tests.ui.ui_support import button_named, export, inside, until

PHRASE = "lantern gravel teapot"


def buttons(page) -> list[QAbstractButton]:
	return inside(page, QAbstractButton)


def test_the_first_day(entrance, qtbot, tmp_path) -> None:  # noqa: F811 a fixture
	window = entrance.window
	button_named(window, "Set up my council").click()
	flow = entrance._first_run
	until(qtbot, flow.isVisible)
	flow.name.setText("Cranford Parish Council")
	button_named(flow, "Next").click()
	flow.phrase.box.setText(PHRASE)
	flow.again.box.setText(PHRASE)
	button_named(flow, "Next").click()
	button_named(flow, "Next").click()
	button_named(flow, "Create the records").click()
	until(qtbot, lambda: flow.step == 4)
	button_named(flow, "I have printed or saved it").click()
	until(qtbot, lambda: window.council is not None and not window.busy)

	home = window.tab_pages["home"]
	until(qtbot, lambda: "import" in home.buttons and home.buttons["import"].isVisible())
	home.buttons["import"].click()
	page = window.tab_pages["import"]
	page.take_files([export(tmp_path, 60)])
	until(qtbot, lambda: bool(page.cards))
	page.cards[0].holder.name.setText("Cllr Example")
	page.cards[0].holder._typed()
	button_named(page, "Continue").click()
	page.page.cards[0].pick("all")
	page.page.cards[0]._name.setText("Councillors")
	button_named(page, "Continue").click()
	button_named(page, "Import 61 new messages").click()
	until(qtbot, lambda: not page._busy and not window.busy)
	until(qtbot, lambda: any(one.text() == "See them in the archive" and one.isVisible() for one in buttons(page)))
	button_named(page, "See them in the archive").click()
	archive = window.tab_pages["archive"]
	until(qtbot, lambda: len(archive.list.ids) == 61)

	window.search.setText("mrs potter")
	window._search()
	until(qtbot, lambda: len(archive.list.ids) == 12)
	assert archive.counted.text() == "12 messages found"

	window.lock()
	assert window.council is None
	entrance.open_folder(entrance._settings.recent()[0])
	unlock = window.findChildren(UnlockPage)[-1]
	unlock._secret.box.setText(PHRASE)
	unlock.open()
	until(qtbot, lambda: window.council is not None and not window.busy)
	assert window.council.browsing.count() == 61
	assert [phone[:2] for phone in window.council.home.page().phones] == [("Councillors", "Cllr Example’s phone")]
