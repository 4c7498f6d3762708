"""Disputes & breaches: one register of three kinds of case."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHeaderView, QStackedWidget, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from cranford_desktop.domain.cases import Case, CaseKind, CaseStart
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.calendar_saving import CalendarSaving
from cranford_desktop.ui.parts.case_form import CaseForm, WhichIsIt
from cranford_desktop.ui.parts.case_page import CasePage
from cranford_desktop.ui.parts.case_words import KINDS, next_words
from cranford_desktop.ui.parts.controls import Choice, button, find_box, link
from cranford_desktop.ui.parts.icons import icon
from cranford_desktop.ui.parts.labels import Glyph, say, say_bold
from cranford_desktop.ui.parts.layouts import col, frame, row
from cranford_desktop.ui.parts.patterns import empty
from cranford_desktop.ui.parts.wording import count, hours_left, moment_words

_STRIP_MS = 30_000
"""The strip looks at the clock this often, in milliseconds; it changes only with its words."""
_COLUMNS = ("Reference", "What", "Kind", "Stage", "Next")


class CasesTab(QWidget):
	"""List, chooser, form and case page; keeps the strip of an open data breach on the window."""

	logged = Signal(object)
	"""The case that was logged."""

	def __init__(self, council, window) -> None:
		"""Take the open council and the window that holds the tab."""
		super().__init__()
		self._council, self._window = council, window
		self._about: tuple[int, ...] = ()
		self._stack = QStackedWidget()
		outer = QVBoxLayout(self)
		outer.setContentsMargins(0, 0, 0, 0)
		outer.addWidget(self._stack)
		self._list = self._build_list()
		self.which = WhichIsIt()
		self.page = CasePage(council)
		self.form: CaseForm | None = None
		for part in (self._list, self.which, self.page):
			self._stack.addWidget(part)
		self.which.chosen.connect(self.start_form)
		self.which.left.connect(self.show_list)
		self.page.left.connect(self.show_list)
		self.page.changed.connect(self._changed)
		self.page.reminder.connect(self._remind)
		for keys, act in (("Ctrl+N", self._start_by_hand), ("Esc", self._back)):
			key = QShortcut(QKeySequence(keys), self)
			key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
			key.activated.connect(act)
		self._strip_shown = ""
		self._clock_hand = QTimer(self)
		self._clock_hand.setInterval(_STRIP_MS)
		self._clock_hand.timeout.connect(self._show_strip)
		self._clock_hand.start()
		self.refresh()

	def _remind(self) -> None:
		CalendarSaving(self, self._window).ask(*self._council.reminders.of_case(self.page.case.id))

	# what the window calls
	def refresh(self) -> None:
		"""Read the cases again and show what is on screen anew."""
		cases = self._council.casework.cases()
		self._fill(cases)
		if self._stack.currentWidget() is self.page and self.page.case is not None:
			self.page.show_case(self._council.casework.get(self.page.case.id))
		self._show_strip()

	def open_item(self, case_id: int) -> None:
		"""Open a case."""
		self.page.show_case(self._council.casework.get(case_id))
		self._stack.setCurrentWidget(self.page)

	def start(
		self, message_ids: Sequence[int] = (), kind: CaseKind | None = None, known: CaseStart | None = None
	) -> None:
		"""Begin to log something, by hand or from messages, once what is typed may go; without a kind ask which.

		`known`: what stands in the form at first.
		"""
		form = self.form
		if form is not None and self._stack.currentWidget() is form and not form.may_go():
			return
		self._ask_which(message_ids)
		if kind is not None:
			self.start_form(kind, known=known)

	def _ask_which(self, message_ids: Sequence[int]) -> None:
		self._about = tuple(message_ids)
		self._stack.setCurrentWidget(self.which)
		self.which.buttons["policy_breach"].setFocus()

	def _start_by_hand(self) -> None:
		self.start()

	def start_breach(self, message_ids: Sequence[int], clause: str) -> None:
		"""Begin to log a policy breach of a sentence of the policy, from messages."""
		if self.form is not None and self._stack.currentWidget() is self.form and not self.form.may_go():
			return
		self._about = tuple(message_ids)
		self.start_form("policy_breach", clause)

	def start_form(self, kind: CaseKind, clause: str = "", known: CaseStart | None = None) -> None:
		"""Open the form of a kind; `clause`: the sentence of the policy chosen at first."""
		if self.form is not None:
			self._stack.removeWidget(self.form)
			self.form.deleteLater()
		rows = self._council.browsing.rows(self._about) if self._about else ()
		self.form = CaseForm(self._council, kind, rows, clause, known)
		self.form.left.connect(self.show_list)
		self.form.again.connect(lambda: self._ask_which(self._about))
		self.form.logged.connect(self._logged)
		self._stack.addWidget(self.form)
		self._stack.setCurrentWidget(self.form)
		first = self.form.fields()[0].widget
		(first.focusProxy() or first).setFocus()

	def show_list(self) -> None:
		"""Go back to the list."""
		self._about = ()
		self._fill(self._council.casework.cases())
		self._stack.setCurrentWidget(self._list)

	def _back(self) -> None:
		"""Go back to the list; a form that is being filled in stays."""
		if self._stack.currentWidget() in (self.page, self.which):
			self.show_list()

	# the list
	def _build_list(self) -> QWidget:
		self.log = button("Log something", "primary", "add")
		self.log.clicked.connect(self._start_by_hand)
		self._find = find_box("Find a case", name="Find a case")
		theme.scaled(self._find, "setFixedWidth", 240)
		self._find.textChanged.connect(self._narrow)
		self._kind = Choice("All kinds", *(words.name for words in KINDS.values()), name="Kind of case")
		self._kind.currentIndexChanged.connect(self._narrow)
		self._shown = say("", "muted", wrap=False)
		self._tree = self._build_tree()
		self._table = frame(col((self._tree, 1), gap=0, pad=(8, 4, 8, 4)), "card")
		self._none = frame(col((self._build_empty(), 1), gap=0), "card")
		self._filters = frame(row(self._find, 4, self._kind, None, self._shown))
		top = row(say("Disputes & breaches", "title", wrap=False), None, self.log)
		made = QWidget()
		made.setLayout(col(top, self._filters, (self._table, 1), (self._none, 1), gap=12, pad=(24, 18, 24, 20)))
		return made

	def _build_tree(self) -> QTreeWidget:
		tree = QTreeWidget()
		tree.setAccessibleName("Cases")
		tree.setRootIsDecorated(False)
		tree.setUniformRowHeights(True)
		tree.setHeaderLabels(list(_COLUMNS))
		tree.setIconSize(QSize(18, 18))
		tree.setFrameShape(QFrame.Shape.NoFrame)
		tree.setAllColumnsShowFocus(True)
		tree.itemActivated.connect(lambda item: self.open_item(item.data(0, Qt.ItemDataRole.UserRole)))
		tree.itemClicked.connect(lambda item: self.open_item(item.data(0, Qt.ItemDataRole.UserRole)))
		head = tree.header()
		head.setStretchLastSection(False)
		head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
		for column in (0, 2, 3):
			head.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
		for column in (1, 4):
			head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
		return tree

	def _build_empty(self) -> QWidget:
		again = link("Which is it?")
		again.clicked.connect(self._start_by_hand)
		return empty("scales", "Nothing logged – that’s good news.", None, again)

	def _fill(self, cases: list[Case]) -> None:
		self._cases = sorted(cases, key=lambda case: (case.kind != "data_breach", -case.id))
		self._tree.clear()
		for case in self._cases:
			words = KINDS[case.kind]
			item = QTreeWidgetItem([case.reference, case.title, words.name, case.stage, self._next(case)])
			item.setIcon(2, icon(words.icon, words.ink))
			item.setFont(1, theme.font("strong"))
			item.setData(0, Qt.ItemDataRole.UserRole, case.id)
			item.setData(
				0,
				Qt.ItemDataRole.AccessibleTextRole,
				f"{case.reference}, {case.title}, {words.name}, {case.stage}. {self._next(case)}.",
			)
			item.setToolTip(4, self._next(case))
			self._tree.addTopLevelItem(item)
		if self._cases:
			self._tree.setCurrentItem(self._tree.topLevelItem(0))
		for part, shown in ((self._filters, bool(cases)), (self._table, bool(cases)), (self._none, not cases)):
			part.setVisible(shown)
		self._narrow()

	def _next(self, case: Case) -> str:
		if case.due_at is not None:
			return f"Tell the ICO, if needed, by {moment_words(case.due_at)}"
		return next_words(case)

	def _narrow(self) -> None:
		wanted = self._find.text().casefold().split()
		kind = list(KINDS)[self._kind.currentIndex() - 1] if self._kind.currentIndex() > 0 else None
		shown = 0
		for n, case in enumerate(self._cases):
			text = f"{case.reference} {case.title} {' '.join(case.people)} {case.facts}".casefold()
			fits = all(word in text for word in wanted) and kind in (None, case.kind)
			self._tree.topLevelItem(n).setHidden(not fits)
			shown += fits
		self._shown.setText(f"{shown} shown" if shown == len(self._cases) else f"{shown} of {len(self._cases)} shown")

	# afterwards
	def _logged(self, case_id: int) -> None:
		case = self._council.casework.get(case_id)
		self.logged.emit(case)
		self.open_item(case_id)
		self._window.toast(f"{case.reference} is logged.")
		self._changed()

	def _changed(self) -> None:
		self.refresh()
		self._window.changed()

	def _show_strip(self) -> None:
		"""Show the strip anew where its words have changed: by the hour, by the minute at last."""
		strip = self._strip(self._cases)
		words = strip.accessibleName() if strip is not None else ""
		if strip is not None and words == self._strip_shown:
			strip.deleteLater()
			return
		if words or self._strip_shown:
			self._window.set_strip(strip)
		self._strip_shown = words

	def _strip(self, cases: list[Case]) -> QWidget | None:
		"""Return the strip of the most urgent open data breach, in words; None where there is none."""
		open_ = sorted(
			(case for case in cases if case.due_at is not None and case.stage != "Closed"), key=lambda one: one.due_at
		)
		if not open_:
			return None
		case, now = open_[0], self._council.clock().replace(tzinfo=None)
		left = hours_left(case.due_at, now)
		words = (
			say_bold(
				"{} – {} to tell the ICO, if you need to: until {}",
				f"Data breach {case.reference}",
				left,
				moment_words(case.due_at),
			)
			if case.due_at >= now
			else say_bold("{} – the 72 hours ended on {}", f"Data breach {case.reference}", moment_words(case.due_at))
		)
		more = [say(f"and {count(len(open_) - 1, 'more', 'more')}", "muted", wrap=False)] if len(open_) > 1 else []
		go = link("Open the case")
		go.clicked.connect(lambda: self._window.go(f"cases:{case.id}"))
		made = frame(row(Glyph("timer", "danger"), (words, 1), *more, go, gap=10, pad=(16, 4, 18, 4)), "strip-danger")
		made.setAccessibleName(f"Data breach {case.reference}: {left}")
		return made

	def close_down(self) -> None:
		"""Stop looking at the clock."""
		self._clock_hand.stop()
