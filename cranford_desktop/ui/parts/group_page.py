"""One official group: what the register says, who belonged to it and when, and what does not agree with the roll."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from cranford_desktop.domain.membership import Disagreement, Membership
from cranford_desktop.domain.messages import Group
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import button, link
from cranford_desktop.ui.parts.group_words import (
	MADE_UP,
	came_words,
	members_title,
	next_step,
	stay_sentence,
	until_words,
)
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import Columns, clear, col, page
from cranford_desktop.ui.parts.patterns import banner, flow_head, pairs
from cranford_desktop.ui.parts.roomy import card
from cranford_desktop.ui.parts.wording import count, day_words

_HEADS = ("Name", "Came", "By whom", "Until")
_EVIDENCE = Qt.ItemDataRole.UserRole


class GroupPage(QWidget):
	"""A group's page. `left`: back to the register; `editing`: change the register; `asked(object)`: open a person
	(their number and name); `evidence(int)`: open a message that tells of a stay.
	"""

	left = Signal()
	editing = Signal()
	asked = Signal(object)
	evidence = Signal(int)

	def __init__(self) -> None:
		super().__init__()
		self.group: Group | None = None
		self._box = QVBoxLayout(self)
		self._box.setContentsMargins(0, 0, 0, 0)
		self._box.setSpacing(0)
		self._head: QWidget | None = None
		self._title = say("", "title", wrap=True)
		self._banners = QVBoxLayout()
		self._banners.setSpacing(8)
		self.members = self._build_members()
		self._facts = QVBoxLayout()
		self._facts.setSpacing(0)
		facts = card(say("In the register", "head", wrap=False), self._facts, gap=6, pad=20)
		theme.scaled(facts, "setMinimumWidth", 290)
		hint = say("Click a member twice, or press Enter, to see the line that tells of it.", "muted", wrap=True)
		table = card(say("Members over time", "head", wrap=False), hint, self.members, gap=4, pad=20)
		self._box.addWidget(
			page(
				col(self._title, say(MADE_UP, "muted", wrap=True), gap=2),
				self._banners,
				Columns((col(table, None, gap=0), 7), (col(facts, None, gap=0), 4), fold=980),
				gap=14,
			),
			1,
		)

	def _build_members(self) -> QTreeWidget:
		tree = QTreeWidget()
		tree.setAccessibleName("Members over time")
		tree.setRootIsDecorated(False)
		tree.setUniformRowHeights(True)
		tree.setHeaderLabels(list(_HEADS))
		tree.setFrameShape(QFrame.Shape.NoFrame)
		tree.setAllColumnsShowFocus(True)
		tree.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
		tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
		tree.itemActivated.connect(self._show_evidence)
		head = tree.header()
		head.setStretchLastSection(False)
		head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
		for column, mode in enumerate(("Stretch", "ResizeToContents", "Stretch", "ResizeToContents")):
			head.setSectionResizeMode(column, QHeaderView.ResizeMode[mode])
		return tree

	def show_group(self, group: Group, membership: Membership | None) -> None:
		"""Show a group; its members where they have been worked out."""
		self.group = group
		if self._head is not None:
			self._box.removeWidget(self._head)
			self._head.hide()
			self._head.deleteLater()
		self.change = button("Change the register", "quiet", "edit")
		self.change.clicked.connect(self.editing.emit)
		self._head = flow_head(group.name, "Groups", self.change, on_back=self.left.emit)
		self._box.insertWidget(0, self._head)
		self._title.setText(members_title(membership) if membership is not None else "Working out who belonged …")
		self._show_facts(group, membership)
		self._show_banners(membership.disagreements if membership is not None else (), group.admin)
		self._show_members(membership)

	def back_button(self) -> QWidget | None:
		"""Return the way back, for the keyboard."""
		return self._head.back if self._head is not None else None

	def _show_facts(self, group: Group, membership: Membership | None) -> None:
		clear(self._facts)
		first, last = (day_words(at.date(), weekday=False) if at else "none yet" for at in (group.first, group.last))
		admins = ", ".join(membership.admins) if membership is not None else ""
		self._facts.addWidget(
			pairs(
				(
					("Official since", day_words(group.since, weekday=False) if group.since else "Not recorded"),
					("Run by", group.admin or "Not recorded"),
					("Admins, as WhatsApp’s lines tell", admins or "No line tells"),
					("Messages", f"{group.messages:,}"),
					("First message", first),
					("Last message", last),
				),
				label_width=132,
			)
		)

	def _show_banners(self, found: Sequence[Disagreement], admin: str | None) -> None:
		clear(self._banners)
		strangers = [one for one in found if one.kind == "not_on_roll"]
		for one in found:
			if one.kind != "not_on_roll" or len(strangers) == 1:
				self._banners.addWidget(self._banner(one, one.words, admin))
		if len(strangers) > 1:
			names = ", ".join(one.name for one in strangers)
			words = f"{count(len(strangers), 'person', 'people')} in the group are not on the members’ roll: {names}."
			self._banners.addWidget(self._banner(strangers[0], words, admin))

	def _banner(self, one: Disagreement, words: str, admin: str | None) -> QWidget:
		go = link("Open in People", name=f"Open {one.name} in People")
		go.setAccessibleName(f"Open {one.name} in People")
		go.clicked.connect(lambda: self.asked.emit((one.person_id, one.name)))
		return banner("warn", words, next_step(one, admin), go)

	def _show_members(self, membership: Membership | None) -> None:
		self.members.clear()
		for stay in membership.stays if membership is not None else ():
			item = QTreeWidgetItem([stay.name, came_words(stay), stay.by or "", until_words(stay)])
			item.setData(0, _EVIDENCE, stay.evidence)
			item.setData(0, Qt.ItemDataRole.AccessibleTextRole, stay_sentence(stay))
			if stay.until is None:
				item.setFont(0, theme.font("strong"))
			else:
				for column in range(len(_HEADS)):
					item.setForeground(column, theme.colour("muted"))
			for column in (0, 2):
				item.setToolTip(column, item.text(column))
			self.members.addTopLevelItem(item)
		if self.members.topLevelItemCount():
			self.members.setCurrentItem(self.members.topLevelItem(0))
		self.rescale()

	def rescale(self) -> None:
		"""Give the table the height of its rows: the page scrolls, not the table."""
		rows = self.members.topLevelItemCount()
		height = self.members.header().sizeHint().height() + rows * max(self.members.sizeHintForRow(0), 0) + 2
		self.members.setFixedHeight(height)

	def showEvent(self, event):
		super().showEvent(event)
		self.rescale()

	def _show_evidence(self, item: QTreeWidgetItem) -> None:
		told = item.data(0, _EVIDENCE)
		if told:
			self.evidence.emit(told[0])
