"""Menus and keys of the window; every key is shown beside its act."""

from collections.abc import Callable

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenuBar, QSizePolicy

from cranford_desktop.ui.parts.help_pages import AboutDialog, KeysDialog
from cranford_desktop.ui.parts.shell_parts import TABS

_PAGES = "archive:"


class Menus:
	"""Makes the acts once and a menu bar for each state of the window."""

	def __init__(self, window) -> None:
		self._window = window
		self.actions: dict[str, QAction] = {}
		self._make()

	def _make(self) -> None:
		window = self._window

		def act(key: str, words: str, do: Callable[[], object], keys: str = "") -> QAction:
			made = QAction(words, window)
			if keys:
				made.setShortcuts([QKeySequence(one) for one in keys.split("|")])
			made.triggered.connect(lambda _=False: do())
			window.addAction(made)
			self.actions[key] = made
			return made

		act("import", "&Import a chat…", window.import_files, "Ctrl+I")
		act("backup", "&Back up now…", window.back_up)
		act("restore", "B&ring back a back-up…", window.bring_back)
		act("lock", "Close and &lock", window.lock, "Ctrl+L")
		act("quit", "&Quit", window.close, "Ctrl+Q")
		act("undo", "&Undo kind or tag\tCtrl+Z", lambda: window.to_tab("undo_sorting"))
		act("find", "&Find here", lambda: window.to_tab("find"), "Ctrl+F")
		act("everything", "Search &everything", window.search_everything, "Ctrl+Shift+F")
		act("next", "&Next hit", lambda: window.to_tab("next_hit"), "F3")
		act("previous", "&Previous hit", lambda: window.to_tab("previous_hit"), "Shift+F3")
		act("date", "&Go to date…", lambda: window.to_tab("go_to_date"), "Ctrl+G")
		act("back", "Go &back", lambda: window.on_tab("go_back"), "Alt+Left")
		act("forward", "Go f&orward", lambda: window.on_tab("go_forward"), "Alt+Right")
		act("pane", "Next p&art of the page", lambda: window.on_tab("next_pane", 1), "F6")
		act("pane_before", "Part before", lambda: window.on_tab("next_pane", -1), "Shift+F6")
		for at, (key, words, _) in enumerate(TABS):
			act(f"tab:{key}", words.replace("&", "&&"), lambda key=key: window.go(key), f"Ctrl+{at + 1}")
		for part, words in (
			("missing", "What we do &not hold"),
			("asks", "&Who was asked"),
			("transfers", "&Transfer register"),
		):
			act(f"holdings:{part}", words, lambda part=part: window.go(f"import:{part}"))
		act("holidays", "Bank h&olidays…", lambda: window.go("requests:holidays"))
		for page, words in (
			("gallery", "&Photos and files"),
			("meetings", "&Matters for a meeting"),
			("sorting", "&Kinds and tags"),
			("private", "P&rivate details"),
		):
			act(f"archive:{page}", words, lambda page=page: window.go(f"archive:{page}"))
		act("larger", "&Larger text", lambda: window.appearance.step_zoom(1), "Ctrl++|Ctrl+=")
		act("smaller", "&Smaller text", lambda: window.appearance.step_zoom(-1), "Ctrl+-")
		act("normal", "&Normal text", lambda: window.appearance.step_zoom(0), "Ctrl+0")
		looks = QActionGroup(window)
		for look, words in (("system", "As the &system"), ("light", "L&ight"), ("dark", "&Dark")):
			made = act(f"look:{look}", words, lambda look=look: window.appearance.set_look(look))
			made.setCheckable(True)
			made.setChecked(window.settings.look == look)
			looks.addAction(made)
		act("keys", "&Keys", lambda: KeysDialog(window).open(), "F1")
		act("policy", "The council’s WhatsApp &policy", window.show_policy)
		act("about", "&About Cranford Desktop", lambda: AboutDialog(window).open())

	def bar(self) -> QMenuBar:
		"""Return a new menu bar: all of it with a council open, the rest without."""
		bar = QMenuBar()
		bar.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
		bar.setNativeMenuBar(False)
		opened = self._window.council is not None
		tabs = tuple(f"tab:{key}" for key, _, _ in TABS) if opened else ()
		more = ("", _PAGES, "holdings:missing", "holdings:asks", "holdings:transfers", "holidays") if opened else ()
		sizes, looks = ("", "larger", "smaller", "normal", ""), ("look:system", "look:light", "look:dark")
		way = ("date", "back", "forward", "", "pane", "pane_before")
		menus = (
			("&File", ("import", "backup", "restore", "", "lock", "quit") if opened else ("restore", "", "quit")),
			("&Edit", ("undo", "", "find", "everything", "", "next", "previous", "", *way) if opened else ()),
			("&View", (*tabs, *more, *sizes, *looks)),
			("&Help", ("keys", "policy", "about")),
		)
		for words, keys in menus:
			if not keys:
				continue
			menu = bar.addMenu(words)
			for key in keys:
				if key == _PAGES:
					pages = menu.addMenu("More of the &archive")
					pages.addActions([act for name, act in self.actions.items() if name.startswith(_PAGES)])
				elif key:
					menu.addAction(self.actions[key])
				elif not menu.isEmpty():
					menu.addSeparator()
		for key in (
			"import",
			"backup",
			"lock",
			"find",
			"everything",
			"next",
			"previous",
			"undo",
			*(one for one in way if one),
		):
			self.actions[key].setEnabled(opened)
		for key, _, _ in TABS:
			self.actions[f"tab:{key}"].setEnabled(opened)
		return bar
