"""The filters of the archive: group, sender, dates."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QScrollArea

from cranford_desktop.domain.messages import Group, MessageFilter
from cranford_desktop.domain.people import Sender
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.basics import Choice, col, frame, link, say
from cranford_desktop.ui.parts.date_field import DateField

_EVERYONE = "Everyone"
_ALL = "All groups"


class FilterPane(QScrollArea):
	"""`changed` as soon as a filter says something else; `typed` while a date is typed."""

	changed = Signal()
	typed = Signal()

	def __init__(self, today: date) -> None:
		super().__init__()
		self.group, self.person = Choice(_ALL, name="Group"), Choice(_EVERYONE, name="Sent by")
		for one in (self.group, self.person):  # a long name must not push the pane's edge out of sight
			one.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
			one.setMinimumContentsLength(10)
			one.currentIndexChanged.connect(lambda _at: self.changed.emit())
		self.start, self.end = DateField("From", today), DateField("To", today)
		for one in (self.start, self.end):
			one.changed.connect(lambda _day: self.typed.emit())
			theme.scaled(one.box, "setMinimumWidth", 120)
		self.personal = QCheckBox("Show personal too")
		self.personal.toggled.connect(lambda _on: self.changed.emit())
		self.reset = link("Clear all filters")
		self.reset.clicked.connect(self.clear)
		inside = frame(
			col(
				say("Group", "label", wrap=False),
				self.group,
				10,
				say("Sent by", "label", wrap=False),
				self.person,
				10,
				say("From", "label", wrap=False),
				self.start,
				6,
				say("To", "label", wrap=False),
				self.end,
				8,
				self.personal,
				8,
				self.reset,
				None,
				gap=4,
				pad=(16, 16, 14, 12),
			),
			"side",
		)
		self.setWidgetResizable(True)
		self.setWidget(inside)
		self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
		self.setFrameShape(QFrame.Shape.NoFrame)
		self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
		theme.scaled(self, "setFixedWidth", 232)

	def set_known(self, groups: list[Group], senders: list[Sender]) -> None:
		"""Offer these groups and senders; what is chosen stays chosen."""
		named = sorted({sender.name for sender in senders if sender.name})
		loose = [sender.rendered for sender in senders if sender.person_id is None]
		_refill(self.group, [_ALL, *(group.name for group in groups)])
		_refill(self.person, [_EVERYONE, *named, *loose])

	def filter(self) -> MessageFilter:
		"""Return what the filters leave, whatever is searched for."""
		return MessageFilter(
			group=self.group.currentText() if self.group.currentIndex() > 0 else None,
			person=self.person.currentText() if self.person.currentIndex() > 0 else None,
			start=self.start.date(),
			end=self.end.date(),
			without_personal=not self.personal.isChecked(),
		)

	def show_filter(self, wanted: MessageFilter) -> None:
		"""Set the filters to say this, without telling of it."""
		widgets = (self.group, self.person, self.start, self.end, self.personal)
		for one in widgets:
			one.blockSignals(True)
		for choice, words in ((self.group, wanted.group), (self.person, wanted.person)):
			choice.setCurrentIndex(max(0, choice.findText(words)) if words else 0)
		for field, day in ((self.start, wanted.start), (self.end, wanted.end)):
			field.set_date(day) if day else field.set_text("")
		self.personal.setChecked(not wanted.without_personal)
		for one in widgets:
			one.blockSignals(False)

	def clear(self) -> None:
		"""Take all filters away."""
		self.show_filter(MessageFilter(without_personal=True))
		self.changed.emit()


def _refill(choice: Choice, words: list[str]) -> None:
	kept = choice.currentText()
	choice.blockSignals(True)
	choice.clear()
	choice.addItems(words)
	choice.view().setMinimumWidth(choice.view().sizeHintForColumn(0) + theme.px(32))  # names whole in the list
	choice.setCurrentIndex(max(0, choice.findText(kept)))
	choice.blockSignals(False)
