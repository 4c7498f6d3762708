"""What the window says of its own accord: toasts, running work, problems."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QDialog, QFrame, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from cranford_desktop.errors import CranfordError
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import bar, button, link
from cranford_desktop.ui.parts.labels import Glyph, say
from cranford_desktop.ui.parts.layouts import Item, col, row
from cranford_desktop.ui.task import Task
from cranford_desktop.ui.within import widgets_within

_TOAST_MS = 10_000
_CLEAR_OF = ("header", "banner")
"""Kinds of frame that a toast never covers: bars of verbs, and what has to be read."""
_SHOW_AFTER_MS = 300
"""Work that is over sooner is never announced (experience.md 4.3)."""


def announce(widget: QWidget, words: str) -> None:
	"""Tell a screen reader."""
	try:
		from PySide6.QtGui import QAccessibleAnnouncementEvent
	except ImportError:  # before Qt 6.8
		return
	QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))


class Toast(QFrame):
	"""One sentence above the foot, clear of buttons and fields, for ten seconds; the result also stays on the page."""

	def __init__(self, window: QWidget) -> None:
		super().__init__(window)
		self.setProperty("kind", "toast")
		self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
		self._words = say("", wrap=False)
		self._act = button("Undo")
		self._act.hide()
		self._do: Callable[[], object] | None = None
		self._act.clicked.connect(self._act_on)
		self._close = button("Close", name="Close this notice")
		self._close.setAccessibleName("Close this notice")
		self._close.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it goes by itself; the keys stay where they are
		self._close.clicked.connect(self.hide)
		self._icon = Glyph("checkmark_circle", "gap")
		parts = (self._icon, self._words, self._act, self._close)
		self.setLayout(row(*parts, gap=10, pad=(14, 5, 6, 5)))
		self._timer = QTimer(self)
		self._timer.setSingleShot(True)
		self._timer.timeout.connect(self.hide)
		window.installEventFilter(self)
		self.hide()

	def show_words(
		self, words: str, act: str = "", do: Callable[[], object] | None = None, *, done: bool = True
	) -> None:
		"""Show a sentence, with one act (Undo) if there is one; the tick only for what was `done`."""
		self._do = do
		self._act.say(act or "Undo")
		self._act.setVisible(do is not None)
		self._icon.setVisible(done)
		beside = [self._close, *([self._act] if do is not None else []), *([self._icon] if done else [])]
		taken = sum(one.sizeHint().width() for one in beside) + 10 * len(beside) + theme.px(80)
		room = max(theme.px(200), self.parentWidget().width() - taken)
		wide = self._words.fontMetrics().horizontalAdvance(words)
		self._words.setWordWrap(wide > room)
		self._words.setFixedWidth(min(room, wide + 2))
		self._words.setText(words)
		self._words.setFixedHeight(self._words.heightForWidth(room) if wide > room else self._words.sizeHint().height())
		self.adjustSize()
		self._place()
		self.show()
		self.raise_()
		self._timer.start(_TOAST_MS)
		announce(self, words)

	def _act_on(self) -> None:
		self.hide()
		if self._do is not None:
			self._do()

	def _place(self) -> None:
		window = self.parentWidget()
		lowest = window.height() - self.height() - theme.px(46)
		spot = QRect(QPoint((window.width() - self.width()) // 2, lowest), self.size())
		kept_clear = [
			QRect(one.mapTo(window, QPoint(0, 0)), one.size())
			for one in widgets_within(window, visible=True)
			if isinstance(one, QAbstractButton | QLineEdit) or str(one.property("kind") or "").startswith(_CLEAR_OF)
			if one.window() is window and not self.isAncestorOf(one)
		]
		while under := [one.top() for one in kept_clear if one.intersects(spot)]:
			spot.moveBottom(min(under) - 8)
			if spot.top() < window.height() // 2:  # buttons all the way up: low is still best
				spot.moveTop(lowest)
				break
		self.move(spot.topLeft())

	def eventFilter(self, watched, event):
		if event.type() == QEvent.Type.Resize and self.isVisible():
			self._place()
		return False


class ProgressRow(QFrame):
	"""A running job: what, how far, Cancel, and the promise."""

	def __init__(self, title: str, task: Task, promise: str) -> None:
		super().__init__()
		self.setProperty("kind", "header")
		self._task = task
		self._title = title
		self._bar = bar(0, 0)
		self._bar.setAccessibleName(title)
		self._count = say("", "small", wrap=False)
		self._promise = say(promise, "small", wrap=False)
		self._cancel = button("Cancel", name=f"Cancel: {title}")
		self._cancel.setAccessibleName(f"Cancel: {title}")
		self._cancel.clicked.connect(self._stop)
		words = col(
			row(say(title, "strong", wrap=False), None, self._count, gap=8), self._bar, row(self._promise, None), gap=4
		)
		self.setLayout(row((words, 1), 12, self._cancel, gap=8, pad=(24, 8, 24, 8)))
		task.progressed.connect(self._progress)
		self.hide()
		QTimer.singleShot(_SHOW_AFTER_MS, self, self._appear)

	def _appear(self) -> None:
		if self._task.running:
			self.show()

	def _progress(self, done: int, total: int, what: str) -> None:
		if total != self._bar.maximum():
			self._bar.setRange(0, total)
		self._bar.setValue(done)
		if not self._task.stopping:
			self._count.setText(f"{done:,} of {total:,} {what}" if total else what)

	def _stop(self) -> None:
		self._cancel.setEnabled(False)
		self._count.setText("Stopping…")
		self._task.stop()


class ProblemDialog(QDialog):
	"""What happened, what is safe, what to do; the technical detail only on demand."""

	def __init__(self, problem: CranfordError, parent: QWidget | None) -> None:
		super().__init__(parent)
		self.setWindowTitle("There is a problem")
		self.setModal(True)
		self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
		ok = button("Close", "primary")
		ok.setDefault(True)
		ok.clicked.connect(self.accept)
		words: list[Item] = [say(problem.what, "head", wrap=True)]
		if problem.safe:
			words.append(row(Glyph("checkmark_circle", "ok"), (say(problem.safe, wrap=True), 1), gap=8, top=True))
		if problem.do:
			words.append(say(problem.do, wrap=True))
		feet: list[Item] = []
		if problem.detail:
			detail = say(problem.detail, "small", wrap=True)
			detail.hide()
			more = link("Details for your IT helper")
			copy = link("Copy")
			copy.hide()
			copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(problem.detail))

			def unfold() -> None:
				for part in (detail, copy):
					part.setVisible(not part.isVisible())
				self.adjustSize()

			more.clicked.connect(unfold)
			words.append(detail)
			feet += [more, copy]
		icon = Glyph("error_circle:filled", "danger", 24)
		body = col(*words, 8, row(*feet, None, ok, gap=12), gap=8)
		self.setLayout(row(icon, (body, 1), gap=14, pad=(20, 18, 20, 18), top=False))
		self.layout().setAlignment(icon, Qt.AlignmentFlag.AlignTop)
		self.setMinimumWidth(theme.px(440))
		self.setMaximumWidth(theme.px(560))


class Jobs(QWidget):
	"""The rows of all running jobs, above the status bar."""

	def __init__(self) -> None:
		super().__init__()
		self.setLayout(QVBoxLayout())
		self.layout().setContentsMargins(0, 0, 0, 0)
		self.layout().setSpacing(0)

	def add(self, title: str, task: Task, promise: str) -> None:
		"""Show a job until it ends."""
		shown = ProgressRow(title, task, promise)
		self.layout().addWidget(shown)

		def gone(*_: object) -> None:
			shown.hide()
			shown.deleteLater()

		for end in (task.finished, task.failed, task.cancelled):
			end.connect(gone)
