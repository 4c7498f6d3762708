"""The directory: people at the left, the page of the one who is picked at the right."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from cranford_desktop.domain.directory import DirectoryEntry
from cranford_desktop.errors import CranfordError
from cranford_desktop.services.council import Council
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.ask import Ask
from cranford_desktop.ui.parts.basics import box, button, col, empty, field, frame, link, row, rule
from cranford_desktop.ui.parts.contacts_dialog import choose_contacts
from cranford_desktop.ui.parts.directory_list import DirectoryList
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.people_terms import roles_known
from cranford_desktop.ui.parts.person_panel import PersonPanel

_PANEL = 404


class DirectoryView(QWidget):
	"""`changed`: something was written; `names_wanted`: to the names in the chats; `pdf_made`: show this document."""

	changed = Signal()
	names_wanted = Signal()
	pdf_made = Signal(bytes, str)

	def __init__(self, council: Council, window) -> None:
		super().__init__()
		self._council, self._window = council, window
		self._entries: list[DirectoryEntry] = []
		self._wanted = 0
		self.list = DirectoryList()
		self.panel = PersonPanel(council, window)
		theme.scaled(self.panel, "setFixedWidth", _PANEL)
		self.add = button("Add a person…", "primary", "add")
		self.add.clicked.connect(self.ask_person)
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
		self._stack.addWidget(box(row((left, 1), rule(vertical=True), self.panel, gap=0)))
		self._stack.addWidget(empty("people", "No people yet. They come with the first chat.", bring))
		self.setLayout(col((self._stack, 1), rule(), verbs, gap=0))
		self.list.chosen.connect(self._chosen)
		self.panel.changed.connect(self.changed.emit)
		self.panel.messages_wanted.connect(self._to_messages)
		self.panel.slip_wanted.connect(self.show_slip)

	def show_entries(self, entries: list[DirectoryEntry], names: int) -> None:
		"""Show these people; who was picked stays picked. `names`: how many names the chats show."""
		self._entries = entries
		self._stack.setCurrentIndex(1 if entries else 0 if names else 2)
		self.list.show_entries(entries)
		if self._wanted:
			self.list.pick(self._wanted)
			self._wanted = 0
		self._chosen(self.list.current())

	def open_person(self, person_id: int) -> bool:
		"""Show a person; return whether they are in the directory."""
		return self.list.pick(person_id)

	def _chosen(self, person_id: int) -> None:
		self.panel.show_person(person_id, self._entries)

	def _to_messages(self, wanted) -> None:
		self._window.go("archive")
		self._window.tab_pages["archive"].set_filter(wanted)

	def ask_person(self) -> None:
		"""Ask for a person whom no chat need show."""
		asked = Ask(
			self._window,
			"Who is it?",
			"For a new member, or somebody people write about. Names in the chats are named where they stand.",
			"Add them",
			width=460,
		)
		name, role = field(name="Name"), field(name="Role")
		role.setCompleter(roles_known(role))
		name_field = FormField("Name", name, "Name and title, for example Cllr Jean Shaw.")
		asked.faults = lambda: {} if name.text().strip() else {name_field: "Say who it is"}
		asked.fields = lambda: (name_field,)
		asked.add(name_field, FormField("Role", role, "For example councillor, resident.", optional=True))
		asked.accepted.connect(lambda: self.add_person(name.text(), role.text()))
		name.setFocus()
		asked.open()

	def add_person(self, name: str, role: str) -> None:
		"""Enter a person."""

		def done(person_id: int) -> None:
			self._wanted = person_id
			self.changed.emit()

		self._window.run(
			"Adding a person",
			lambda _progress, _stopped: self._council.directory.add(name, role or None),
			done,
			promise="",
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
