"""People: every name in the chats and who it is, guesses to answer, and the register of groups with their members."""

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QVBoxLayout, QWidget

from cranford_desktop.domain.directory import DirectoryEntry
from cranford_desktop.domain.membership import Membership
from cranford_desktop.domain.messages import Group
from cranford_desktop.domain.people import Choice, SamePerson
from cranford_desktop.services.council import Council
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import button, find_box
from cranford_desktop.ui.parts.directory_view import DirectoryView
from cranford_desktop.ui.parts.group_form import GroupForm
from cranford_desktop.ui.parts.group_page import GroupPage
from cranford_desktop.ui.parts.group_register import GroupRegister
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import box, col, frame, row, rule
from cranford_desktop.ui.parts.patterns import empty
from cranford_desktop.ui.parts.pdf_page import PdfPage
from cranford_desktop.ui.parts.people_adding import add_person
from cranford_desktop.ui.parts.people_guesses import GuessView
from cranford_desktop.ui.parts.people_names import NamesView
from cranford_desktop.ui.parts.wording import count

_VIEWS = ("People", "Names", "Who is this?", "Groups")
PEOPLE, NAMES, WHO, GROUPS = range(4)
_STACKED, _SHORT = 860, 420
"""Pixels at 100 %: the width below which the head has two lines, the height below which it has no title."""


class _Looked(NamedTuple):
	"""What going through the exports showed."""

	guesses: list[SamePerson]
	choices: list[Choice]
	groups: list[Group]
	members: dict[int, Membership]
	people: list[DirectoryEntry]


class PeopleTab(QWidget):
	"""Four views under one head; a group's page, its form and a document take the whole room."""

	def __init__(self, council: Council, window) -> None:
		super().__init__()
		self._council, self._window = council, window
		self._looked = False
		self._looking = False
		self._members: dict[int, Membership] = {}
		self._groups: list[Group] = []
		self._entries: list[DirectoryEntry] = []
		self._stack = QStackedWidget()
		outer = QVBoxLayout(self)
		outer.setContentsMargins(0, 0, 0, 0)
		outer.addWidget(self._stack)
		self.directory = DirectoryView(council, window)
		self.names = NamesView(council, window)
		self.guesses = GuessView(council, window)
		self.register = GroupRegister()
		self.group_page = GroupPage()
		self.group_form = GroupForm(council, window)
		self._main = self._build()
		for part in (self._main, self.group_page, self.group_form):
			self._stack.addWidget(part)
		self._connect()
		self.show_view(PEOPLE)
		self.refresh()

	def _narrow(self, words: str) -> None:
		self.names.narrow(words)
		self.directory.narrow(words, self.names.sorted.rowCount())
		self._show_head()

	def _build(self) -> QWidget:
		self.find_field = find_box("Find a name", name="Find a name")
		self.find_field.textChanged.connect(self._narrow)
		self._title = say("", "title", wrap=True)
		self._counted = say("", "muted", wrap=True)
		self.add_person = button("Add…", ic="add", name="Add a person…")
		self.add_person.setAccessibleName("Add a person…")
		self.add_person.clicked.connect(lambda: add_person(self._council, self._window, self._added))
		self._switch = QButtonGroup(self)
		self._segments = [button(words, "seg") for words in _VIEWS]
		for number, one in enumerate(self._segments):
			one.setCheckable(True)
			self._switch.addButton(one, number)
		self._switch.idClicked.connect(self.show_view)
		go = button("Import a chat", "primary")
		go.clicked.connect(lambda: self._window.go("import"))
		self._people = QStackedWidget()
		self._people.addWidget(empty("people", "No people yet. They come with the first chat.", go))
		self._people.addWidget(self.names)
		self._views = QStackedWidget()
		for part in (self.directory, self._people, self.guesses, self.register):
			self._views.addWidget(part)
		self._names = box(col(self._title, self._counted, gap=2))
		tools = row(self.find_field, self.add_person, self.register.add, 8, row(*self._segments, gap=4), gap=8)
		self._head = row((self._names, 1), tools, gap=8, pad=(24, 12, 24, 10))
		return box(col(frame(self._head, "header"), rule(), (self._views, 1), gap=0))

	def resizeEvent(self, event):
		super().resizeEvent(event)
		self._fit()

	def _fit(self) -> None:
		"""Put the head's tools below its title where they do not fit beside it; a short window does without a title."""
		narrow, short = self.width() < theme.px(_STACKED), self.height() < theme.px(_SHORT)
		direction = self._head.Direction
		self._head.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
		self._head.setContentsMargins(*(theme.px(one) for one in ((12, 6, 12, 6) if narrow else (24, 12, 24, 10))))
		self._names.setVisible(not (narrow and short))
		self.find_field.setFixedWidth(theme.px(110 if narrow else 190))
		for one, words in ((self.add_person, "Add…"), (self.register.add, "Register a group")):
			name = one.accessibleName()
			one.say("" if narrow and short else words)
			one.setAccessibleName(name or words)

	def _connect(self) -> None:
		self.directory.changed.connect(self._written)
		self.directory.names_wanted.connect(lambda: self.show_view(NAMES))
		self.directory.everybody.connect(self.find_field.clear)
		self.names.everybody.connect(self.find_field.clear)
		self.directory.pdf_made.connect(self.show_pdf)
		self.names.changed.connect(self._written)
		self.guesses.changed.connect(self._written)
		self.register.opened.connect(self.open_group)
		self.register.adding.connect(lambda: self._edit(None))
		self.group_page.left.connect(lambda: self.show_view(GROUPS))
		self.group_page.editing.connect(lambda: self._edit(self.group_page.group))
		self.group_page.asked.connect(self._open_person)
		self.group_page.evidence.connect(lambda message_id: self._window.go(f"archive:{message_id}"))
		self.group_form.left.connect(self._leave_form)
		self.group_form.saved.connect(self._saved)
		for keys, act in (("Ctrl+N", self.start), ("Esc", self._back)):
			key = QShortcut(QKeySequence(keys), self)
			key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
			key.activated.connect(act)

	# what the window calls
	def refresh(self) -> None:
		"""Read everything again; who was picked stays picked. Guesses and members follow once they are worked out."""
		senders, others = self._council.people.senders(), self._council.people.in_no_chat()
		self._people.setCurrentIndex(1 if senders or others else 0)
		self.names.show_senders([*senders, *others])
		unnamed = sum(sender.person_id is None for sender in senders)
		self._told = f"{count(len(senders), 'name')} in the chats, " + (
			f"{unnamed:,} not named yet" if unnamed else "every one of them named"
		)
		if others:
			self._told += f". {count(len(others), 'person', 'people')} in the directory wrote nothing"
		self._looked = False
		self._show_head()
		if self.isVisible():
			self._look()

	def open_item(self, group_id: int) -> None:
		"""Open a group."""
		self.open_group(group_id)

	def start(self, _ids: object = None) -> None:
		"""Begin to register a group."""
		self._edit(None)

	def find(self) -> None:
		"""Ctrl+F."""
		if self._views.currentIndex() not in (PEOPLE, NAMES):
			self.show_view(PEOPLE)
		self.find_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
		self.find_field.selectAll()

	def rescale(self) -> None:
		"""Follow the text size."""
		self._fit()
		self.directory.rescale()
		self.names.sides.fit()
		self.group_page.rescale()

	def showEvent(self, event):
		super().showEvent(event)
		if not self._looked:
			self._look()

	# views
	def show_view(self, view: int) -> None:
		"""Show people, guesses or groups."""
		self._stack.setCurrentWidget(self._main)
		self._segments[view].setChecked(True)
		self._views.setCurrentIndex(view)
		self.find_field.setVisible(view in (PEOPLE, NAMES))
		self.add_person.setVisible(view == NAMES)
		self.register.add.setVisible(view == GROUPS and bool(self._groups))
		self._show_head()

	def _show_head(self) -> None:
		view = self._views.currentIndex()
		waiting = len(self._guesses_now())
		if view == PEOPLE:
			held = len(self._entries)
			told = f"{count(held, 'person', 'people')} in the directory" if held else ""
			if held and self.find_field.text().strip():
				told = f"{self.directory.found():,} of {told}"
			title = "People"
		elif view == NAMES:
			title, told = "Names in the chats", getattr(self, "_told", "")
		elif view == WHO:
			title = f"{count(waiting, 'pair')} of names may be one person" if waiting else "Who is this?"
			told = "Answer when you like: nothing else waits for it." if waiting else "Names that look like one person"
		else:
			title = count(len(self._groups), "official group") if self._groups else "Groups"
			odd = sum(len(one.disagreements) for one in self._members.values())
			told = f"{count(odd, 'thing')} to look at" if odd else "The council’s own chats"
		self._title.setText(title)
		self._counted.setText(told)
		self._counted.setVisible(bool(told))
		self._segments[WHO].say(f"Who is this? {waiting}" if waiting else "Who is this?")
		self._segments[WHO].rescale()

	def _guesses_now(self) -> list[SamePerson]:
		return self.guesses.guesses

	# working out
	def _look(self) -> None:
		"""Work out guesses and members, away from the window's thread."""
		if self._looking:
			return
		self._looking, self._looked = True, True
		council = self._council

		def look(progress, stopped) -> _Looked:
			groups = council.groups.all()
			members = {group.id: council.groups.membership(group.id) for group in groups}
			people = council.directory.entries()
			return _Looked(council.people.guesses(), council.people.choices(), groups, members, people)

		def done(found: _Looked) -> None:
			self._looking = False
			self._groups, self._members = found.groups, found.members
			self._entries = found.people
			self.directory.show_entries(found.people, self.names.model.rowCount())
			self.guesses.show_guesses(found.guesses, found.choices, council.people.senders())
			self.register.show_groups(found.groups, found.members)
			self._show_group()
			self.register.add.setVisible(self._views.currentIndex() == GROUPS and bool(self._groups))
			self._show_head()
			if not self._looked:  # something was written meanwhile
				self._look()

		def ended(problem: object = None) -> None:
			self._looking = False
			if problem is not None:
				self._window.problem(problem)

		self._window.run(
			"Looking through names and groups",
			look,
			done,
			failed=ended,
			cancelled=ended,
			promise="Nothing is changed by looking.",
		)

	def _added(self, person_id: int) -> None:
		self.find_field.clear()
		self._written()
		self.names.pick_person(person_id, "")
		self._window.toast("They are in the directory now.")

	def _written(self) -> None:
		self.refresh()
		self._window.changed()

	def show_pdf(self, data: bytes, title: str) -> None:
		"""Show a document to print; Back leads to where she came from."""

		def leave() -> None:
			self._stack.setCurrentWidget(self._main)
			self._stack.removeWidget(above)
			above.deleteLater()

		above = PdfPage(self._window, data, title, leave)
		self._stack.addWidget(above)
		self._stack.setCurrentWidget(above)
		above.preview.print_button.setFocus(Qt.FocusReason.OtherFocusReason)

	# groups
	def open_group(self, group_id: int) -> None:
		"""Show a group's page."""
		group = next((one for one in self._council.groups.all() if one.id == group_id), None)
		if group is None:
			return
		self.group_page.show_group(group, self._members.get(group_id))
		self._views.setCurrentIndex(GROUPS)
		self._stack.setCurrentWidget(self.group_page)
		self.group_page.members.setFocus()

	def _show_group(self) -> None:
		shown = self.group_page.group
		group = next((one for one in self._groups if shown is not None and one.id == shown.id), None)
		if group is not None:
			self.group_page.show_group(group, self._members.get(group.id))

	def _edit(self, group: Group | None) -> None:
		self.group_form.open_group(group)
		self._stack.setCurrentWidget(self.group_form)
		self.group_form.name.setFocus()

	def _leave_form(self) -> None:
		if self.group_form.group is not None:
			self.open_group(self.group_form.group.id)
		else:
			self.show_view(GROUPS)

	def _saved(self, group_id: int) -> None:
		self._written()
		self.open_group(group_id)
		self._window.toast("The register is up to date.")

	def _open_person(self, who: tuple[int | None, str]) -> None:
		self.find_field.clear()
		if who[0] is not None and self.directory.open_person(who[0]):
			self.show_view(PEOPLE)
			self.directory.list.setFocus()
		elif self.names.pick_person(*who):
			self.show_view(NAMES)
			self.names.name.setFocus()
		else:
			self._window.toast(f"{who[1]} has not written anything; only WhatsApp’s lines name them.")

	def _back(self) -> None:
		shown = self._views.currentWidget()
		if self._stack.currentWidget() is self.group_page:
			self.show_view(GROUPS)
			self.register.table.setFocus()
		elif self._stack.currentWidget() is self._main and shown in (self.directory, self._people):
			sides = (self.directory if shown is self.directory else self.names).sides
			if sides.opened:
				sides.show_left()
