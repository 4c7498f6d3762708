"""The recovery sheet of records just made: its key is known until they are closed, and not forgotten unasked."""

from PySide6.QtWidgets import QMessageBox

from cranford_desktop.services.council import Council
from cranford_desktop.ui.parts.help_pages import NoSheetDialog, SheetDialog


class RecoverySheet:
	"""Keeps the key of records that were just made, for as long as they are open."""

	def __init__(self, window) -> None:
		"""Take the window whose records it is about."""
		self._window = window
		self.key: str | None = None

	def show(self, council: Council) -> None:
		"""Show the sheet; once its key is forgotten, say what is left to do."""

		def have_it() -> None:
			council.safekeeping.recovery_sheet_done(done=True)
			self.key = None
			self._window.changed()

		if self.key is None:
			NoSheetDialog(self._window, have_it=have_it, back_up=self._window.back_up).open()
		else:
			SheetDialog(council.safekeeping.recovery_sheet(self.key), have_it, self._window).open()

	def may_forget(self, verb: str, *, shown: bool) -> bool:
		"""Ask before the key is forgotten; return whether the records may be closed.

		`verb`: what she is about to do; `shown`: the sheet is on screen at this moment and not saved.
		"""
		if self.key is None and not shown:
			return True
		box = QMessageBox(self._window)
		box.setIcon(QMessageBox.Icon.NoIcon)
		box.setWindowTitle("The recovery sheet")
		box.setText("The recovery sheet has not been printed or saved.")
		box.setInformativeText(
			"When the records are closed, its key is forgotten for good. "
			"A forgotten pass phrase then means that the records are lost."
		)
		keep = box.addButton("Print or save it now", QMessageBox.ButtonRole.YesRole)
		leave = box.addButton(f"{verb} anyway", QMessageBox.ButtonRole.NoRole)
		stay = box.addButton("Stay", QMessageBox.ButtonRole.RejectRole)
		box.setDefaultButton(keep)
		box.setEscapeButton(stay)
		box.exec()
		if box.clickedButton() is keep and not shown:
			self._window.show_recovery_sheet()
		return box.clickedButton() is leave
