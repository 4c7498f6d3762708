"""A voice note: playing it here, and who listened, when, and what it is about. A video: the same without playing."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QSlider, QWidget

from cranford_desktop.domain.files import HeldFile, Listened, Sound
from cranford_desktop.errors import CranfordError
from cranford_desktop.services.council import Council
from cranford_desktop.ui.parts.ask import lines
from cranford_desktop.ui.parts.controls import button, field
from cranford_desktop.ui.parts.date_field import DateField
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import col, row
from cranford_desktop.ui.parts.sound_player import SoundPlayer
from cranford_desktop.ui.task import Task

_STEPS = 1000


def clock_words(seconds: float) -> str:
	"""Return a length of time as players show it: 0:42."""
	whole = int(seconds)
	return f"{whole // 60}:{whole % 60:02d}"


class ListenPanel(QWidget):
	"""`kept`: who listened was recorded."""

	kept = Signal()

	def __init__(self, council: Council, window, player: SoundPlayer | None = None) -> None:
		super().__init__()
		self._council, self._window = council, window
		self._file: HeldFile | None = None
		self._sound: Sound | None = None
		self._task: Task | None = None
		self.player = player or SoundPlayer(self)
		self.player.moved.connect(self._moved)
		self.player.stopped.connect(self._ended)
		self.play = button("Play", "primary", "play")
		self.play.clicked.connect(self._turn)
		self.slider = QSlider(Qt.Orientation.Horizontal)
		self.slider.setRange(0, _STEPS)
		self.slider.setAccessibleName("Place in the voice note")
		self.slider.sliderReleased.connect(self._jump)
		self.where = say("", "muted", wrap=False)
		self._cannot = say("", "warn", wrap=True)
		self._cannot.hide()
		self._playing = QWidget()
		self._playing.setLayout(row(self.play, (self.slider, 1), self.where, gap=8))
		self.by, self.gist = field(), lines("What is it about?", 84)
		self.day = DateField("When", council.clock().date())
		self._by = FormField("Who listened?", self.by)
		self._on = FormField("When?", self.day)
		self._gist = FormField("What is it about?", self.gist, "In your words. A search finds them.", optional=True)
		self.keep = button("Record it")
		self.keep.clicked.connect(self._keep)
		self.setLayout(col(self._playing, self._cannot, 8, self._by, self._on, self._gist, self.keep, gap=10))

	def show_file(self, file: HeldFile) -> None:
		"""Show a voice note or video."""
		self.player.stop()
		self._file, self._sound = file, None
		self._by.label.setText("Who listened?" if file.sort == "voice" else "Who looked at it?")
		self._playing.setVisible(file.sort == "voice")
		self._cannot.hide()
		self.where.setText("")
		self.slider.setValue(0)
		heard = file.listened
		self.by.setText(heard.by if heard else "")
		self.day.set_date(heard.on if heard else self._council.clock().date())
		self.gist.setPlainText(heard.gist if heard else "")
		names = QCompleter([one.name for one in self._council.people.people()], self.by)
		names.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
		self.by.setCompleter(names)
		for one in (self._by, self._on):
			one.set_error(None)

	def leave(self) -> None:
		"""Stop playing: something else is looked at."""
		self.player.stop()

	def _turn(self) -> None:
		if self.player.playing:
			self.player.stop()
		elif self._sound is not None:
			self._start(self._sound)
		elif self._file is not None and (self._task is None or not self._task.running):
			file_id = self._file.id
			task = self._task = Task(lambda _progress, _stopped: self._council.files.sound(file_id), self)
			task.finished.connect(lambda sound: self._came(file_id, sound))
			task.failed.connect(self._failed)
			for end in (task.finished, task.failed, task.cancelled):
				end.connect(task.deleteLater)

	def _came(self, file_id: int, sound: Sound) -> None:
		self._task = None
		if self._file is not None and self._file.id == file_id:
			self._sound = sound
			self._start(sound)

	def _start(self, sound: Sound) -> None:
		start = self.slider.value() / _STEPS * sound.seconds
		try:
			self.player.play(sound, 0.0 if start >= sound.seconds - 0.2 else start)
		except CranfordError as problem:
			self._failed(problem)
			return
		self.play.say("Stop")
		self._moved(self.player.seconds)

	def _failed(self, problem: CranfordError) -> None:
		self._task = None
		self._cannot.setText(str(problem))
		self._cannot.show()

	def _moved(self, seconds: float) -> None:
		if self._sound is None:
			return
		whole = self._sound.seconds
		self.where.setText(f"{clock_words(seconds)} of {clock_words(whole)}")
		if not self.slider.isSliderDown():
			self.slider.setValue(int(seconds / max(whole, 0.001) * _STEPS))

	def _ended(self) -> None:
		self.play.say("Play")

	def _jump(self) -> None:
		if self._sound is not None and self.player.playing:
			self._start(self._sound)

	def _keep(self) -> None:
		file, day = self._file, self.day.date()
		self._by.set_error(None if self.by.text().strip() else "Say who it was")
		self._on.set_error(self.day.problem("The day"))
		if file is None or day is None or self._by.error() or self._on.error():
			return
		by, gist = self.by.text(), self.gist.toPlainText()
		self._window.run(
			"Recording it",
			lambda _progress, _stopped: self._council.files.set_listened(file.id, by, day, gist),
			lambda _done: self._done(file._replace(listened=Listened(by.strip(), day, gist.strip()))),
			promise="",
		)

	def _done(self, file: HeldFile) -> None:
		self._file = file
		self._window.toast("Recorded. A search finds what you wrote.")
		self.kept.emit()
