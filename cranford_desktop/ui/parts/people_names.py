"""Every name in the chats, and who the clerk says it is: a list at the left, the naming at the right."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStackedWidget, QTreeView, QWidget

from cranford_desktop.domain.people import Sender
from cranford_desktop.services.council import Council
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import button, field
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import box, col, frame, page, row
from cranford_desktop.ui.parts.nobody_found import NobodyFound
from cranford_desktop.ui.parts.people_terms import TermsCard, roles_known
from cranford_desktop.ui.parts.roomy import card
from cranford_desktop.ui.parts.side_by_side import SideBySide
from cranford_desktop.ui.parts.wording import count

_HEADS = ("Name in the chats", "Person", "Role", "Messages", "Groups")
_SENDER = Qt.ItemDataRole.UserRole
_PANEL, _FOLD = 404, 720
"""Pixels at 100 %: how wide the naming is, and from which width on it stands beside the list."""


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
		shown = sender.rendered if sender.groups else "Wrote nothing"
		cells = (shown, sender.name or "Not named yet", sender.role or "", sender.messages, sender.groups)
		if role == Qt.ItemDataRole.DisplayRole:
			value = cells[index.column()]
			if index.column() == 3:
				return f"{sender.messages:,}\u2003"  # under its heading, which leaves room for the sorting arrow
			return ", ".join(value) if index.column() == 4 else value
		if role == Qt.ItemDataRole.EditRole:  # what is sorted by
			value = cells[index.column()]
			return ", ".join(value) if index.column() == 4 else value
		if role == Qt.ItemDataRole.ToolTipRole and index.column() == 4:
			return ", ".join(sender.groups)
		if role == _SENDER:
			return sender
		if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == 3:
			return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
		unsaid = (not sender.groups, sender.person_id is None)
		if role == Qt.ItemDataRole.ForegroundRole and index.column() < 2 and unsaid[index.column()]:
			return theme.colour("muted")
		if role == Qt.ItemDataRole.FontRole and index.column() == 1 and sender.person_id is not None:
			return theme.font("strong")
		if role == Qt.ItemDataRole.AccessibleTextRole:
			who = f"is {sender.name}, {sender.role or 'no role'}" if sender.name else "is not named yet"
			if not sender.groups:
				return f"{sender.name}, {sender.role or 'no role'}, wrote nothing"
			groups = ", ".join(sender.groups)
			return f"{sender.rendered} {who}, {count(sender.messages, 'message')} in {groups}"
		return None


class _Table(QTreeView):
	"""`resized`: it has other room."""

	resized = Signal()

	def resizeEvent(self, event):
		super().resizeEvent(event)
		self.resized.emit()


class NamesView(QWidget):
	"""List of senders at the left, naming at the right.

	`changed`: a name or a term was written; `everybody`: to all names.
	"""

	changed = Signal()
	everybody = Signal()

	def __init__(self, council: Council, window) -> None:
		super().__init__()
		self._council, self._window = council, window
		self.model = SenderModel(self)
		self.sorted = QSortFilterProxyModel(self)
		self.sorted.setSourceModel(self.model)
		self.sorted.setSortRole(Qt.ItemDataRole.EditRole)
		self.sorted.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
		self.sorted.setFilterKeyColumn(-1)
		self.table = self._build_table()
		self.nobody = NobodyFound()
		self.nobody.everybody.connect(self.everybody.emit)
		self._found = QStackedWidget()
		self._found.addWidget(self.table)
		self._found.addWidget(self.nobody)
		left = frame(col((self._found, 1), gap=0), "pane")
		right = box(col(gap=0))
		self.sides = SideBySide(left, right, self.table, _FOLD)
		self.sides.right_width = _PANEL
		right.layout().addLayout(row(self.sides.back, None, pad=(8, 2, 8, 2)))
		right.layout().addWidget(self._panel())
		self.table.clicked.connect(lambda _at: self.sides.show_right())
		self.table.activated.connect(lambda _at: self.sides.show_right())
		self.setLayout(col((self.sides, 1), gap=0))

	def _build_table(self) -> _Table:
		table = _Table()
		table.resized.connect(self.rescale)
		table.setModel(self.sorted)
		table.setRootIsDecorated(False)
		table.setUniformRowHeights(True)
		table.setSortingEnabled(True)
		table.sortByColumn(3, Qt.SortOrder.DescendingOrder)
		table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
		table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
		table.setAccessibleName("Names in the chats")
		table.header().setStretchLastSection(True)
		table.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
		table.selectionModel().currentChanged.connect(lambda *_: self._picked())
		return table

	def _panel(self) -> QWidget:
		self.name = field(name="Name")
		self.role = field(name="Role")
		self.name.returnPressed.connect(self.save)
		self.role.returnPressed.connect(self.save)
		self.role.setCompleter(roles_known(self.role))
		self._who = say("", "head", wrap=True)
		self._about = say("", "muted", wrap=True)
		self.name_field = FormField("Who is it?", self.name, "Name and title, for example Cllr Jean Shaw.")
		self.role_field = FormField("Role", self.role, "For example councillor, clerk, resident.", optional=True)
		self._save = button("Save the name", "primary")
		self._save.clicked.connect(self.save)
		self._form = card(
			self._who, self._about, 4, self.name_field, self.role_field, 4, row(self._save, None), gap=8, pad=20
		)
		self.terms = TermsCard(self._council, self._window)
		self.terms.changed.connect(self.changed.emit)
		return page(self._form, self.terms, width=420, gap=14, pad=(16, 16, 16, 16))

	def show_senders(self, senders: list[Sender]) -> None:
		"""Show these senders; who was picked stays picked."""
		kept = self.current().rendered if self.current() else None
		self.model.set_senders(senders)
		self.rescale()
		self.pick(kept)

	def rescale(self) -> None:
		"""Share the room out among the columns."""
		room = max(self.table.viewport().width(), theme.px(300))
		head = self.table.header()
		counted = head.sectionSizeHint(3) + theme.px(14)  # the arrow beside the heading
		rest = room - counted
		roomy = rest >= theme.px(440)
		self.table.setColumnHidden(4, not roomy)
		self.table.setColumnWidth(3, counted)
		for column, share in enumerate((0.33, 0.27, 0.18) if roomy else (0.42, 0.36, 0.22)):
			self.table.setColumnWidth(column, int(rest * share))

	def pick(self, rendered: str | None) -> None:
		"""Pick a name; the first one where it is not there."""
		at = next(
			(at for at in range(self.sorted.rowCount()) if self.sorted.index(at, 0).data(_SENDER).rendered == rendered),
			0,
		)
		if self.sorted.rowCount():
			self.table.setCurrentIndex(self.sorted.index(at, 0))
			self.table.scrollTo(self.sorted.index(at, 0))
		self._picked()

	def pick_person(self, person_id: int | None, name: str) -> bool:
		"""Pick a name of this person, or this name; return whether it is there."""
		for at in range(self.sorted.rowCount()):
			sender = self.sorted.index(at, 0).data(_SENDER)
			if (person_id is not None and sender.person_id == person_id) or sender.rendered.lstrip("~ ") == name:
				self.pick(sender.rendered)
				return True
		return False

	def current(self) -> Sender | None:
		"""Return the sender that is picked."""
		return self.table.currentIndex().data(_SENDER)

	def _picked(self) -> None:
		sender = self.current()
		self._form.setVisible(sender is not None)
		terms = self.terms.show_person(sender.person_id if sender is not None else None)
		if sender is None:
			return
		self.name_field.set_error(None)
		self._who.setText(sender.rendered)
		about = f"{count(sender.messages, 'message')} in {', '.join(sender.groups)}"
		self._about.setText(about if sender.groups else "In the directory. No message of theirs is held.")
		looks_named = any(char.isalpha() for char in sender.rendered)
		self.name.setText(sender.name or (sender.rendered.lstrip("~ ") if looks_named else ""))
		self.role.setText("" if terms else sender.role or "")
		self.role_field.setVisible(not terms and bool(sender.groups))
		self._save.say("Save the name" if sender.person_id is None else "Save the change")

	def save(self) -> None:
		"""Say who the picked sender is."""
		sender = self.current()
		name = " ".join(self.name.text().split())
		if sender is None:
			return
		if not name:
			self.name_field.set_error("Say who it is")
			self.name.setFocus()
			return
		role = " ".join(self.role.text().split()) or None

		def done(_person: int | None) -> None:
			self.changed.emit()
			self._window.toast(f"{sender.rendered} is {name}.")

		people = self._council.people
		self._window.run(
			"Saving the name",
			lambda _progress, _stopped: (
				people.name_sender(sender.rendered, name, role)
				if sender.groups
				else people.rename(sender.person_id, name)
			),
			done,
			promise="",
		)

	def narrow(self, words: str) -> None:
		"""Show only names, people, roles and groups with these letters."""
		self.sorted.setFilterFixedString(" ".join(words.split()))
		if not self.table.currentIndex().isValid():
			self.pick(None)
		self.nobody.show_words(f"No name in the chats has “{' '.join(words.split())}”.")
		self._found.setCurrentIndex(0 if self.sorted.rowCount() or not self.model.rowCount() else 1)
