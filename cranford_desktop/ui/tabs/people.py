"""People: every name that exports show, and who the clerk says they are."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtWidgets import (
	QAbstractItemView,
	QCompleter,
	QHeaderView,
	QStackedWidget,
	QTreeView,
	QVBoxLayout,
	QWidget,
)

from cranford_desktop.domain.people import Sender
from cranford_desktop.services.council import Council
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.basics import (
	box,
	button,
	card,
	col,
	empty,
	field,
	find_box,
	frame,
	page,
	row,
	rule,
	say,
)
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.wording import count

_HEADS = ("Name in the chats", "Person", "Role", "Messages", "Groups")
_ROLES = ("Chair", "Vice-chair", "Councillor", "Clerk", "Officer", "Resident")
JOINING = "Joining the names that several phones show for one person comes with a later version."
_SENDER = Qt.ItemDataRole.UserRole


class SenderModel(QAbstractTableModel):
	"""All senders; there are dozens, not thousands."""

	def __init__(self, parent=None) -> None:
		super().__init__(parent)
		self._senders: list[Sender] = []

	def set_senders(self, senders: list[Sender]) -> None:
		"""Show other senders."""
		self.beginResetModel()
		self._senders = senders
		self.endResetModel()

	def rowCount(self, parent=QModelIndex()):  # noqa: B008 Qt's default
		return 0 if parent.isValid() else len(self._senders)

	def columnCount(self, parent=QModelIndex()):  # noqa: B008 Qt's default
		return 0 if parent.isValid() else len(_HEADS)

	def headerData(self, section, orientation, role=Qt.ItemDataRole.DisplayRole):
		if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
			return _HEADS[section]
		if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole and section == 3:
			return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
		return None

	def data(self, index, role=Qt.ItemDataRole.DisplayRole):
		if not index.isValid():
			return None
		sender = self._senders[index.row()]
		cells = (sender.rendered, sender.name or "Not named yet", sender.role or "", sender.messages, sender.groups)
		if role == Qt.ItemDataRole.DisplayRole:
			value = cells[index.column()]
			if index.column() == 3:
				return f"{sender.messages:,}\u2003"  # under its heading, which leaves room for the sorting arrow
			return ", ".join(value) if index.column() == 4 else value
		if role == Qt.ItemDataRole.EditRole:  # what is sorted by
			value = cells[index.column()]
			return ", ".join(value) if index.column() == 4 else value
		if role == _SENDER:
			return sender
		if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == 3:
			return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
		if role == Qt.ItemDataRole.ForegroundRole and index.column() == 1 and sender.person_id is None:
			return theme.colour("muted")
		if role == Qt.ItemDataRole.FontRole and index.column() == 1 and sender.person_id is not None:
			return theme.font("strong")
		if role == Qt.ItemDataRole.AccessibleTextRole:
			who = f"is {sender.name}, {sender.role or 'no role'}" if sender.name else "is not named yet"
			groups = ", ".join(sender.groups)
			return f"{sender.rendered} {who}, {count(sender.messages, 'message')} in {groups}"
		return None


class PeopleTab(QWidget):
	"""List of senders at the left, naming at the right."""

	def __init__(self, council: Council, window) -> None:
		super().__init__()
		self._council, self._window = council, window
		self._stack = QStackedWidget()
		outer = QVBoxLayout(self)
		outer.setContentsMargins(0, 0, 0, 0)
		outer.addWidget(self._stack)
		go = button("Import a chat", "primary")
		go.clicked.connect(lambda: window.go("import"))
		self._stack.addWidget(empty("people", "No people yet. They come with the first chat.", go))
		self._stack.addWidget(self._build())
		self.refresh()

	def _build(self) -> QWidget:
		self.model = SenderModel(self)
		self._sorted = QSortFilterProxyModel(self)
		self._sorted.setSourceModel(self.model)
		self._sorted.setSortRole(Qt.ItemDataRole.EditRole)
		self._sorted.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
		self._sorted.setFilterKeyColumn(-1)
		self.table = QTreeView()
		self.table.setModel(self._sorted)
		self.table.setRootIsDecorated(False)
		self.table.setUniformRowHeights(True)
		self.table.setSortingEnabled(True)
		self.table.sortByColumn(3, Qt.SortOrder.DescendingOrder)
		self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
		self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
		self.table.setAccessibleName("Names in the chats")
		self.table.header().setStretchLastSection(True)
		self.table.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
		self.table.selectionModel().currentChanged.connect(lambda *_: self._picked())
		self.find_field = find_box("Find a name", name="Find a name")
		theme.scaled(self.find_field, "setMaximumWidth", 280)
		self.find_field.textChanged.connect(self._narrow)
		self._counted = say("", "muted", wrap=False)
		head = row(
			(col(say("People", "title", wrap=False), self._counted, gap=2), 1),
			self.find_field,
			gap=12,
			pad=(24, 16, 24, 10),
		)
		left = frame(col(head, rule(), (self.table, 1), gap=0), "pane")
		return box(row((left, 1), rule(vertical=True), self._panel(), gap=0))

	def _panel(self) -> QWidget:
		self.name = field(name="Name")
		self.role = field(name="Role")
		self.name.returnPressed.connect(self.save)
		self.role.returnPressed.connect(self.save)
		self._who = say("", "head", wrap=True)
		self._about = say("", "muted", wrap=True)
		self._name_field = FormField("Who is it?", self.name, "Name and title, for example Cllr Jean Shaw.")
		self._role_field = FormField("Role", self.role, "For example councillor, clerk, resident.", optional=True)
		self._save = button("Save the name", "primary")
		self._save.clicked.connect(self.save)
		known = QCompleter(list(_ROLES), self.role)
		known.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
		self.role.setCompleter(known)
		self._form = card(
			self._who, self._about, 4, self._name_field, self._role_field, 4, row(self._save, None), gap=8, pad=20
		)
		note = row((say(JOINING, "muted", wrap=True), 1))
		scroller = page(self._form, note, width=420, gap=14, pad=(16, 16, 16, 16))
		theme.scaled(scroller, "setFixedWidth", 404)
		return scroller

	def refresh(self) -> None:
		"""Read the senders again; who was picked stays picked."""
		kept = self.current().rendered if self.current() else None
		senders = self._council.people.senders()
		self._stack.setCurrentIndex(1 if senders else 0)
		self.model.set_senders(senders)
		unnamed = sum(sender.person_id is None for sender in senders)
		self._counted.setText(
			f"{count(len(senders), 'name')} in the chats, "
			+ (f"{unnamed:,} not named yet" if unnamed else "every one of them named")
		)
		self.rescale()
		self._pick(kept)

	def rescale(self) -> None:
		"""Share the room out among the columns."""
		room = max(self.table.viewport().width(), theme.px(420))
		for column, share in enumerate((0.29, 0.23, 0.15, 0.15)):
			self.table.setColumnWidth(column, round(room * share))

	def resizeEvent(self, event):
		super().resizeEvent(event)
		self.rescale()

	def showEvent(self, event):
		super().showEvent(event)
		self.rescale()

	def _pick(self, rendered: str | None) -> None:
		for at in range(self._sorted.rowCount()):
			index = self._sorted.index(at, 0)
			if rendered is None or index.data(_SENDER).rendered == rendered:
				self.table.setCurrentIndex(index)
				break
		self._picked()

	def current(self) -> Sender | None:
		"""Return the sender that is picked."""
		return self.table.currentIndex().data(_SENDER)

	def _picked(self) -> None:
		sender = self.current()
		self._form.setVisible(sender is not None)
		if sender is None:
			return
		self._name_field.set_error(None)
		self._who.setText(sender.rendered)
		self._about.setText(f"{count(sender.messages, 'message')} in {', '.join(sender.groups)}")
		looks_named = any(char.isalpha() for char in sender.rendered)
		self.name.setText(sender.name or (sender.rendered.lstrip("~ ") if looks_named else ""))
		self.role.setText(sender.role or "")
		self._save.say("Save the name" if sender.person_id is None else "Save the change")

	def save(self) -> None:
		"""Say who the picked sender is."""
		sender = self.current()
		name = " ".join(self.name.text().split())
		if sender is None:
			return
		if not name:
			self._name_field.set_error("Say who it is")
			self.name.setFocus()
			return
		role = " ".join(self.role.text().split()) or None

		def done(_person: int) -> None:
			self.refresh()
			self._window.changed()
			self._window.toast(f"{sender.rendered} is {name}.")

		self._window.run(
			"Saving the name",
			lambda _progress, _stopped: self._council.people.name_sender(sender.rendered, name, role),
			done,
			promise="",
		)

	def _narrow(self, words: str) -> None:
		self._sorted.setFilterFixedString(words)

	def find(self) -> None:
		"""Ctrl+F."""
		self.find_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
		self.find_field.selectAll()
