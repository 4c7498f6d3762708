"""Retention: where things stand as a sentence, what is held and why, the report, and the yearly review."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.retention import RetentionPosition, ReviewState
from cranford_desktop.errors import CranfordError, ProblemWithFile
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import button, link
from cranford_desktop.ui.parts.labels import Glyph, fact, say
from cranford_desktop.ui.parts.layouts import Columns, box, clear, col, page, row
from cranford_desktop.ui.parts.look_page import LookPage
from cranford_desktop.ui.parts.patterns import banner, pairs
from cranford_desktop.ui.parts.retention_words import (
	ERASING_LATER,
	class_words,
	headline,
	held_count,
	next_review,
	review_line,
)
from cranford_desktop.ui.parts.roomy import card
from cranford_desktop.ui.parts.wording import count, day_words, local
from cranford_desktop.ui.wizards.retention_review import RetentionReview

BACK = "Retention"
LOOKING_ONLY = "Nothing is changed by looking."
KEPT = "The archive stays as it is."


class DueYears(QWidget):
	"""How many messages fall due in each year; what is past stands together on the left."""

	def __init__(self, years: list[tuple[str, int]]) -> None:
		"""Take (name of the year, messages), in order."""
		super().__init__()
		self._years = years
		self.setAccessibleName("Due by year: " + "; ".join(f"{name}: {number:,}" for name, number in years))

	def sizeHint(self) -> QSize:
		return QSize(theme.px(320), theme.px(134))

	def minimumSizeHint(self) -> QSize:
		return QSize(theme.px(200), theme.px(134))

	def paintEvent(self, _event: QPaintEvent) -> None:
		painter = QPainter(self)
		painter.setRenderHint(QPainter.RenderHint.Antialiasing)
		painter.setFont(theme.font("small"))
		low = QFontMetricsF(painter.font()).height()
		base = self.height() - low - 6
		step = self.width() / max(1, len(self._years))
		most = max((number for _, number in self._years), default=1) or 1
		painter.setPen(QPen(theme.colour("edge"), 1))
		painter.drawLine(0, round(base), self.width(), round(base))
		for at, (name, number) in enumerate(self._years):
			x = at * step
			painter.setPen(theme.colour("muted"))
			painter.drawText(QRectF(x, base + 5, step, low), Qt.AlignmentFlag.AlignHCenter, name)
			high = max(3.0, (base - low - 6) * number / most) if number else 0.0
			if number:
				painter.setPen(Qt.PenStyle.NoPen)
				painter.setBrush(theme.colour("warn" if name == "now" else "accent"))
				wide = min(step * 0.6, theme.px(48))
				painter.drawRoundedRect(QRectF(x + (step - wide) / 2, base - high, wide, high), 3, 3)
			painter.setPen(theme.colour("text" if number else "muted"))
			where = QRectF(x, base - high - low - 2, step, low)
			painter.drawText(where, Qt.AlignmentFlag.AlignHCenter, f"{number:,}" if number else "none")


def due_years(council, position: RetentionPosition, years: int = 6) -> list[tuple[str, int]]:
	"""Return how many messages fall due when: "now" for what is past, then year by year."""
	if position.oldest is None:
		return []
	today = position.on
	past = position.due + held_count(position)
	bounds = council.browsing.count(MessageFilter())
	out = [("now", past)]
	seen = past
	for year in range(today.year, today.year + years + 1):
		whole = council.browsing.count(MessageFilter(start=date(year - years, 1, 1), end=date(year - years, 12, 31)))
		if year == today.year:
			before = council.browsing.count(MessageFilter(end=date(year - years, 12, 31))) - past
			whole = max(0, before)
		out.append((str(year), whole))
		seen += whole
		if seen >= bounds:
			break
	return out[1:] if not past else out


class RetentionTab(QWidget):
	"""The tab: its page, the wizard, and the preview of a report."""

	def __init__(self, council, window) -> None:
		"""Take the open council and the window that holds the tab."""
		super().__init__()
		self._council, self._window = council, window
		self.wizard: RetentionReview | None = None
		self.stack = QStackedWidget()
		self._page = QWidget()
		self._box = QVBoxLayout(self._page)
		self._box.setContentsMargins(0, 0, 0, 0)
		self.look = LookPage(council)
		self.look.left.connect(self.show_page)
		self.look.preview.saving.connect(self._save_shown)
		self._shown_files: dict[str, bytes] = {}
		self._placed: Path | None = None
		self.stack.addWidget(self._page)
		self.stack.addWidget(self.look)
		outer = QVBoxLayout(self)
		outer.setContentsMargins(0, 0, 0, 0)
		outer.addWidget(self.stack)
		self.start_button = button("Start the yearly review", "primary")
		self.refresh()

	# what the window calls
	def refresh(self) -> None:
		"""Work out where things stand and show it."""
		self._window.run("Working out what is due", self._look_up, self._show, promise=LOOKING_ONLY)

	def open_item(self, review_id: int) -> None:
		"""Open the report of a review."""
		self.show_review(review_id)

	def _look_up(self, progress, stopped):
		retention = self._council.retention
		position = retention.position()
		return position, retention.reviews(), retention.open_review(), due_years(self._council, position)

	def _show(self, found) -> None:
		position, reviews, open_review, years = found
		self.position = position
		clear(self._box)
		title, lead, quiet = headline(position)
		icon = "checkmark_circle:filled" if quiet else "calendar_clock:filled"
		head = row(
			Glyph(icon, "ok" if quiet else "warn", 36),
			(col(say(title, "title", wrap=True), say(lead, "muted", wrap=True), gap=2), 1),
			gap=14,
		)
		_words, now = next_review(reviews, self._council.clock().date())
		review_next = now or open_review is not None
		left = col(
			self._schedule(position),
			*([self._held(position)] if position.held else []),
			self._reviews(reviews, open_review, primary=review_next),
			None,
			gap=16,
		)
		right = col(
			*([self._years(years, position)] if years else []), self._report(primary=not review_next), None, gap=16
		)
		self._saved = QVBoxLayout()
		self._box.addWidget(page(head, self._saved, Columns((left, 5), (right, 4))))
		self._show_placed()

	def _schedule(self, position: RetentionPosition) -> QWidget:
		rows = [(one.title, class_words(one)) for one in position.classes]
		policy = self._council.tables.policy
		return card(
			say("Your schedule", "head"),
			2,
			pairs(rows, 170),
			4,
			say(
				f"{policy.title}, adopted {day_words(policy.adopted, weekday=False)}, minute {policy.minute}.",
				"small",
				wrap=True,
			),
			gap=2,
			pad=(20, 14, 20, 12),
		)

	def _held(self, position: RetentionPosition) -> QWidget:
		rows = [(one.reference or "Kept", f"{one.reason}. {count(one.messages, 'message')}.") for one in position.held]
		return card(
			say("Keep: do not erase", "head"),
			say("Past their time, but something open needs them.", "muted", wrap=True),
			2,
			pairs(rows, 170),
			gap=2,
			pad=(20, 14, 20, 10),
		)

	def _years(self, years: list[tuple[str, int]], position: RetentionPosition) -> QWidget:
		return card(
			row(
				say("When messages fall due", "head", wrap=False),
				None,
				say(count(position.total, "message"), "muted", wrap=False),
			),
			4,
			DueYears(years),
			gap=4,
			pad=20,
		)

	def _reviews(self, reviews: list[ReviewState], open_review: ReviewState | None, *, primary: bool) -> QWidget:
		words, now = next_review(reviews, self._council.clock().date())
		items: list = [say("Reviews", "head"), 2]
		for one in sorted((r for r in reviews if r.outcome != "open"), key=lambda r: r.on, reverse=True)[:5]:
			go = link("Open", name=f"Open the report of {day_words(one.on)}")
			go.clicked.connect(lambda _=False, known=one.id: self.show_review(known))
			items.append(box(row(Glyph("calendar_checkmark"), (say(review_line(one), wrap=True), 1), go, gap=8)))
		if open_review is None:
			items.append(fact("calendar_clock", words, ink="warn" if now else "muted"))
			self.start_button = button("Start the yearly review", "primary" if primary else None)
		else:
			items.append(
				fact(
					"calendar_clock",
					f"A review was begun on {day_words(local(open_review.started_at).date())}.",
					ink="warn",
				)
			)
			self.start_button = button("Go on with the yearly review", "primary")
		self.start_button.clicked.connect(self.start_review)
		items += [4, self.start_button, say(ERASING_LATER, "small", wrap=True)]
		return card(*items, gap=6, pad=(20, 14, 20, 16))

	def _report(self, *, primary: bool) -> QWidget:
		look = button("Look at the report", "primary" if primary else None, "document_pdf")
		look.clicked.connect(self.show_report)
		save = button("Save PDF and Excel…", "quiet")
		save.clicked.connect(lambda _=False: self.ask_where())
		return card(
			say("Report", "head"),
			say("What is due, what is held and why, as it stands today. To print for a meeting.", "muted", wrap=True),
			4,
			row(look, save, None),
			gap=4,
			pad=(20, 14, 20, 16),
		)

	# the review
	def start_review(self) -> None:
		"""Start the yearly review, or go on with the one that is open."""
		try:
			state = self._council.retention.open_review() or self._council.retention.start_review()
		except CranfordError as problem:
			self._window.problem(problem)
			return
		self._drop_wizard()
		self.wizard = RetentionReview(self._council, self._window, state)
		self.wizard.closed.connect(self._review_closed)
		self.wizard.saving.connect(lambda: self.ask_where(self.wizard.files))
		self.stack.addWidget(self.wizard)
		self.stack.setCurrentWidget(self.wizard)
		self.wizard.button(RetentionReview.WizardButton.NextButton).setFocus()

	def _review_closed(self) -> None:
		finished = self.wizard is not None and self.wizard.report is not None
		self.show_page()
		self._window.changed()
		self._window.toast("The review is recorded." if finished else "Saved. You can go on with it whenever you like.")

	def _drop_wizard(self) -> None:
		if self.wizard is not None:
			self.stack.removeWidget(self.wizard)
			self.wizard.deleteLater()
			self.wizard = None

	def close_down(self) -> None:
		"""Keep what a half-finished review says, and let its documents go."""
		if self.wizard is not None:
			self.wizard.keep()
			self.wizard.last.preview.close_pdf()
		self.look.close_pdf()

	# reports
	def show_page(self) -> None:
		"""Go back to the tab's own page."""
		self.look.close_pdf()
		self.stack.setCurrentWidget(self._page)
		self.refresh()

	def show_report(self) -> None:
		"""Make today's report and show it."""
		self._window.run(
			"Making the report",
			lambda progress, stopped: self._council.retention.report(),
			self._show_files("Retention report"),
			promise=KEPT,
		)

	def show_review(self, review_id: int) -> None:
		"""Show the sealed report of a finished review."""
		self._window.run(
			"Opening the report",
			lambda progress, stopped: self._council.retention.review_files(review_id),
			self._show_files("Yearly review"),
			promise=KEPT,
		)

	def _show_files(self, title: str):
		def show(files: dict[str, bytes]) -> None:
			self._shown_files = files
			pdf = next((data for name, data in sorted(files.items()) if name.endswith(".pdf")), None)
			if pdf is None:
				self._window.problem(
					ProblemWithFile("This report has no PDF.", "Nothing is lost.", "Make a new report.")
				)
				return
			self.look.show_file(pdf, title, BACK)
			self.stack.setCurrentWidget(self.look)

		return show

	def _save_shown(self) -> None:
		self.ask_where(self._shown_files)

	def ask_where(self, files: dict[str, bytes] | None = None) -> None:
		"""Ask for a folder; put the shown files there, or today's report."""
		folder = QFileDialog.getExistingDirectory(self, "Choose a folder for the report", str(Path.home()))
		if folder:
			self.save(Path(folder), files)

	def save(self, folder: Path, files: dict[str, bytes] | None = None) -> None:
		"""Put a report into a folder outside the archive."""

		def call(progress, stopped):
			if files is None:
				return list(self._council.retention.write_report(None, folder))
			return _write(files, folder)

		self._window.run("Saving the report", call, lambda paths: self._saved_to(folder, paths), promise=KEPT)

	def _saved_to(self, folder: Path, paths: list[Path]) -> None:
		self._placed = folder
		self._window.toast(f"Saved: {', '.join(path.name for path in paths)}.")
		if self.stack.currentWidget() is self._page:
			self._show_placed()

	def _show_placed(self) -> None:
		clear(self._saved)
		if self._placed is None:
			return
		opener = button("Open the folder", ic="folder_open")
		opener.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._placed))))
		self._saved.addWidget(banner("ok", f"Saved to {self._placed}", "This copy lies outside the archive.", opener))


def _write(files: dict[str, bytes], folder: Path) -> list[Path]:
	"""Write files into a folder; raises `ProblemWithFile` where the folder does not take them."""
	paths = []
	try:
		folder.mkdir(parents=True, exist_ok=True)
		for name, data in files.items():
			path = folder / Path(name).name
			path.write_bytes(data)
			paths.append(path)
	except OSError as problem:
		raise ProblemWithFile(
			f"The report could not be saved: {problem.strerror or 'the disk refused'}.",
			"It is safe in the archive.",
			"Choose another folder.",
		) from None
	return paths
