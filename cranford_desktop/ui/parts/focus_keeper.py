"""Where the keys go when the part that had them is hidden, taken away or switched off.

Qt hands the focus to the next part in its own order, which is often the search at the top: whoever types on then types
into that. Here it goes to the first sensible part of the page that is shown instead.
"""

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import (
	QAbstractItemView,
	QApplication,
	QComboBox,
	QLineEdit,
	QPlainTextEdit,
	QRadioButton,
	QScrollArea,
	QTextEdit,
	QWidget,
)

from cranford_desktop.ui.within import widgets_within

_FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QRadioButton, QAbstractItemView)


def first_stop(page: QWidget) -> QWidget | None:
	"""Return the part of a page where work begins: its first field or primary button, else whatever comes first."""
	stops = [one for one in widgets_within(page) if _takes_keys(one)]
	places = {one: one.mapTo(page, QPoint(0, 0)) for one in stops}
	stops.sort(key=lambda one: (places[one].y(), places[one].x()))
	main = (one for one in stops if isinstance(one, _FIELDS) or one.property("kind") == "primary")
	return next(main, stops[0] if stops else None)


def _takes_keys(widget: QWidget) -> bool:
	if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus or isinstance(widget, QScrollArea):
		return False
	if widget.focusProxy() is not None:
		return False
	return widget.isVisible() and widget.isEnabled()


class FocusKeeper(QObject):
	"""Watches one window; `page` returns the page that is shown in it."""

	def __init__(self, window: QWidget, page: Callable[[], QWidget | None]) -> None:
		super().__init__(window)
		self._window, self._page = window, page
		self._last: QWidget | None = None
		"""What had the keys last in this window, by her choice or the page's."""
		self._timer = QTimer(self)
		self._timer.setSingleShot(True)
		self._timer.timeout.connect(self._settle)
		QApplication.instance().focusChanged.connect(self._moved)

	def chosen(self, widget: QWidget) -> None:
		"""Take notice that she asked for this part herself, wherever it is."""
		self._last = widget

	def _moved(self, old: QWidget | None, new: QWidget | None) -> None:
		if new is None:
			self._timer.start(0)
			return
		if new.window() is not self._window:
			return
		stayed_here = old is not None and shiboken6.isValid(old) and old.window() is self._window
		if _gone(old if stayed_here else self._last) and not new.underMouse():
			self._timer.start(0)
		else:
			self._last = new

	def _settle(self) -> None:
		now, page = self._window.focusWidget(), self._page()
		if page is None or QApplication.activePopupWidget() is not None:
			return
		if now is None or _gone(now) or (now is not self._last and not page.isAncestorOf(now)):
			now = first_stop(page)
			if now is not None:
				now.setFocus(Qt.FocusReason.OtherFocusReason)
		self._last = now


def _gone(widget: QWidget | None) -> bool:
	if widget is None:
		return False
	return not shiboken6.isValid(widget) or not (widget.isVisible() and widget.isEnabled())
