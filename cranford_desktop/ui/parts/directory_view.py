"""The directory: people at the left, the page of the one who is picked at the right."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from cranford_desktop.domain.directory import DirectoryEntry
from cranford_desktop.errors import CranfordError
from cranford_desktop.services.council import Council
from cranford_desktop.ui.parts.contacts_dialog import choose_contacts
from cranford_desktop.ui.parts.controls import button, link
from cranford_desktop.ui.parts.directory_list import DirectoryList
from cranford_desktop.ui.parts.layouts import col, frame, row, rule
from cranford_desktop.ui.parts.nobody_found import NobodyFound
from cranford_desktop.ui.parts.patterns import empty
from cranford_desktop.ui.parts.people_adding import add_person
from cranford_desktop.ui.parts.person_panel import PersonPanel
from cranford_desktop.ui.parts.sar_page import HELD_TITLE
from cranford_desktop.ui.parts.side_by_side import SideBySide
from cranford_desktop.ui.parts.wording import count

_PANEL, _FOLD = 404, 720
"""Pixels at 100 %: how wide a person's page is, and from which width on it stands beside the list."""


class DirectoryView(QWidget):
	"""`changed`: something was written; `names_wanted`: to the names in the chats; `everybody`: to all people.

	`pdf_made`: show this document.
	"""

	changed = Signal()
	names_wanted = Signal()
	everybody = Signal()
	pdf_made = Signal(bytes, str)

	def __init__(self, council: Council, window) -> None:
		super().__init__()
		self._council, self._window = council, window
		self._entries: list[DirectoryEntry] = []
		self._names, self._words, self._elsewhere = 0, "", 0
		self._wanted = 0
		self.list = DirectoryList()
		self.panel = PersonPanel(council, window)
		self.add = button("Add a person…", "primary", "add")
		self.add.clicked.connect(lambda: add_person(council, window, self.show_added))
		self.contacts = link("Contacts from a file…")
		self.contacts.clicked.connect(lambda: choose_contacts(council, window, self.changed.emit))
		self.sheet = link("Sheet for new members…")
		self.sheet.clicked.connect(self.show_sheet)
		naming = button("Name the people in the chats")
		naming.clicked.connect(self.names_wanted.emit)
		nobody = empty("people", "Nobody is named yet.", naming)
		verbs = frame(row(self.add, self.contacts, self.sheet, None, gap=14, pad=(16, 8, 16, 8)), "header")
		bring = button("Import a chat")
		bring.clicked.connect(lambda: window.go("import"))
		self._stack = QStackedWidget()
		self._stack.addWidget(nobody)
		left = frame(col((self.list, 1), gap=0), "pane")
		self.sides = SideBySide(left, self.panel, self.list, _FOLD)
		self.sides.right_width = _PANEL
		self.panel.place_back(self.sides.back)
		self.list.clicked.connect(lambda _at: self.sides.show_right())
		self.list.activated.connect(lambda _at: self.sides.show_right())
		self._stack.addWidget(self.sides)
		self._stack.addWidget(empty("people", "No people yet. They come with the first chat.", bring))
		self.nobody = NobodyFound()
		self.nobody.elsewhere.connect(self.names_wanted.emit)
		self.nobody.everybody.connect(self.everybody.emit)
		self._stack.addWidget(self.nobody)
		self.setLayout(col((self._stack, 1), rule(), verbs, gap=0))
		self.list.chosen.connect(self._chosen)
		self.panel.changed.connect(self.changed.emit)
		self.panel.messages_wanted.connect(self._to_messages)
		self.panel.slip_wanted.connect(self.show_slip)
		self.panel.held_wanted.connect(self.show_held)

	def show_entries(self, entries: list[DirectoryEntry], names: int) -> None:
		"""Show these people; who was picked stays picked. `names`: how many names the chats show."""
		self._entries, self._names = entries, names
		self.list.show_entries(entries)
		self._show_found()
		if self._wanted:
			self.list.pick(self._wanted)
			self._wanted = 0
		self._chosen(self.list.current())

	def narrow(self, words: str, elsewhere: int) -> None:
		"""Show only people with these letters; `elsewhere`: how many names in the chats have them."""
		self._words, self._elsewhere = " ".join(words.split()), elsewhere
		self.list.narrow(words)
		self._show_found()

	def found(self) -> int:
		"""Return how many people are shown."""
		return self.list.found()

	def _show_found(self) -> None:
		if not self._entries or self.list.found():
			self._stack.setCurrentIndex(1 if self._entries else 0 if self._names else 2)
			return
		there = self._elsewhere
		self.nobody.show_words(
			f"Nobody in the directory has “{self._words}” in a name or number.",
			f"{count(there, 'name')} in the chats {'has' if there == 1 else 'have'} it." if there else "",
			"Look among the names" if there else "",
		)
		self._stack.setCurrentIndex(3)

	def show_added(self, person_id: int) -> None:
		"""Show somebody who was entered just now."""
		self._wanted = person_id
		self.everybody.emit()
		self.changed.emit()
		self._window.toast("They are in the directory now.")

	def open_person(self, person_id: int) -> bool:
		"""Show a person; return whether they are in the directory."""
		there = self.list.pick(person_id)
		if there:
			self.sides.show_right()
		return there

	def _chosen(self, person_id: int) -> None:
		self.panel.show_person(person_id, self._entries)

	def _to_messages(self, wanted) -> None:
		self._window.go("archive")
		self._window.tab_pages["archive"].list_messages(wanted)

	def show_held(self, name: str) -> None:
		"""Show the internal list of everything that is held about a person, to print or save."""
		service = self._council.held_about

		def look(progress, stopped) -> bytes:
			held = service.about(name, progress=progress, stopped=stopped)
			paper = service.paper(held)
			service.made_paper(held)
			return paper

		self._window.run(
			"Looking through everything",
			look,
			lambda paper: self.pdf_made.emit(paper, HELD_TITLE),
			promise="Nothing is changed by looking.",
		)

	def show_slip(self, person_id: int) -> None:
		"""Show the slip on which a person signs for the policy."""
		self._show_pdf(lambda: self._council.directory.acknowledgement_slip(person_id), "Slip for the WhatsApp policy")

	def show_sheet(self) -> None:
		"""Show the sheet for new members."""
		self._show_pdf(self._council.directory.new_member_sheet, "Sheet for new members")

	def _show_pdf(self, make, title: str) -> None:
		try:
			data = make()
		except CranfordError as problem:
			self._window.problem(problem)
			return
		self.pdf_made.emit(data, title)

	def rescale(self) -> None:
		"""Follow the text size."""
		self.list.rescale()
		self.sides.fit()
