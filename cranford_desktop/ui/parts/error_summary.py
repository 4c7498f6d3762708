"""Forms that say what is wrong: the red summary on top, and the same words beside the field."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from cranford_desktop.ui.parts.controls import link
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import col


def repolish(widget: QWidget) -> None:
	"""Make a changed property count in the style sheet."""
	widget.style().unpolish(widget)
	widget.style().polish(widget)
	widget.update()


class FormField(QFrame):
	"""A question: label above, hint, what is wrong, the field. What was typed always stays."""

	def __init__(self, label: str, widget: QWidget, hint: str = "", *, optional: bool = False) -> None:
		"""Take the question in words and the widget that answers it."""
		super().__init__()
		self.widget = widget
		self.label = say(label, "strong", wrap=True)
		self._error = say("", "danger", wrap=True)
		self._error.hide()
		items: list[object] = [self.label]
		told = " ".join(part for part in (hint, "You can leave this out." if optional else "") if part)
		if told:
			items.append(say(told, "muted", wrap=True))
		items += [self._error, 2, widget]
		self.label.setBuddy(widget.focusProxy() or widget)
		if not widget.accessibleName():
			widget.setAccessibleName(label)
		self.setLayout(col(*items, gap=2))

	def error(self) -> str:
		"""Return what is said to be wrong, or nothing."""
		return self._error.text() if self._error.isVisibleTo(self) else ""

	def set_error(self, words: str | None) -> None:
		"""Say what is wrong beside the field, or that nothing is (None)."""
		self._error.setText(words or "")
		self._error.setVisible(bool(words))
		self.setProperty("kind", "fault" if words else None)
		self.layout().setContentsMargins(12 if words else 0, 0, 0, 0)
		inner = self.widget.focusProxy() or self.widget
		inner.setProperty("state", "error" if words else None)
		inner.setAccessibleDescription(f"Error: {words}" if words else "")
		repolish(inner)
		repolish(self)


class ErrorSummary(QFrame):
	"""The red box on top, "There is a problem": one link for each fault, which leads to its field."""

	followed = Signal(object)

	def __init__(self) -> None:
		super().__init__()
		self.setProperty("kind", "errors")
		self.setAccessibleName("There is a problem")
		self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
		self._links = QVBoxLayout()
		self._links.setSpacing(1)
		title = say("There is a problem", "head", wrap=False)
		self.setLayout(col(title, self._links, gap=1, pad=(16, 10, 16, 10)))
		self.hide()

	def show_faults(self, faults: Mapping[FormField, str], fields: tuple[FormField, ...]) -> bool:
		"""Mark the faulty fields, list them here and take the focus; return whether there was any fault."""
		while (item := self._links.takeAt(0)) is not None:
			item.widget().hide()
			item.widget().deleteLater()
		for one in fields:
			one.set_error(faults.get(one))
		for one, words in faults.items():
			go = link(words)
			go.clicked.connect(lambda _=False, field=one: self._lead_to(field))
			self._links.addWidget(go)
		self.setVisible(bool(faults))
		self.setAccessibleDescription(". ".join(faults.values()))
		if faults:
			self.setFocus()
			QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
		return bool(faults)

	def words(self) -> list[str]:
		"""Return the faults as they are listed."""
		return [self._links.itemAt(n).widget().accessibleName() for n in range(self._links.count())]

	def _lead_to(self, field: FormField) -> None:
		(field.widget.focusProxy() or field.widget).setFocus()
		self.followed.emit(field)


def status_line(role: str = "muted") -> QLabel:
	"""Return an empty line of words that a page fills as it goes."""
	return say("", role, wrap=True)
