"""Plays a voice note from memory; nothing of it is written to a file."""

import time
from collections.abc import Generator

import miniaudio
from PySide6.QtCore import QObject, QTimer, Signal

from cranford_desktop.domain.files import Sound
from cranford_desktop.errors import CranfordError

_TICK_MS = 100


class SoundPlayer(QObject):
	"""`moved(seconds)` while it plays; `stopped` at its end or when it is stopped."""

	moved = Signal(float)
	stopped = Signal()

	def __init__(self, parent: QObject | None = None) -> None:
		super().__init__(parent)
		self._device: miniaudio.PlaybackDevice | None = None
		self._sound: Sound | None = None
		self._at = 0
		"""Byte from which the next samples are taken; the device's thread moves it."""
		self._quiet_at = 0.0
		self._ticks = QTimer(self)
		self._ticks.setInterval(_TICK_MS)
		self._ticks.timeout.connect(self._tick)

	@property
	def playing(self) -> bool:
		"""Whether it plays."""
		return self._device is not None

	@property
	def seconds(self) -> float:
		"""Where it is."""
		return self._at / self._bytes_a_second() if self._sound is not None else 0.0

	def play(self, sound: Sound, start: float = 0.0) -> None:
		"""Play from a second on. Raises `CranfordError` where the computer has nothing to play it on."""
		self.stop()
		self._sound = sound
		frame = 2 * sound.channels
		self._at = min(len(sound.samples), int(start * sound.rate) * frame)
		try:
			self._device = miniaudio.PlaybackDevice(
				output_format=miniaudio.SampleFormat.SIGNED16,
				nchannels=sound.channels,
				sample_rate=sound.rate,
				app_name="Cranford Desktop",
			)
			source = self._samples(sound, frame)
			next(source)
			self._device.start(source)
		except miniaudio.MiniaudioError as problem:
			self._device = None
			raise CranfordError(
				"This computer has nothing to play a voice note on.",
				"The voice note is safe in the archive.",
				"Plug in a headset, or save a copy to listen to it elsewhere.",
				type(problem).__name__,
			) from None
		self._quiet_at = 0.0
		self._ticks.start()

	def stop(self) -> None:
		"""Stop it where it is."""
		if self._device is not None:
			self._ticks.stop()
			self._device.close()
			self._device = None
			self.stopped.emit()

	def _samples(self, sound: Sound, frame: int) -> Generator[bytes, int, None]:
		wanted = yield b""
		while True:
			part = sound.samples[self._at : self._at + wanted * frame]
			self._at += len(part)
			wanted = yield part.ljust(wanted * frame, b"\0")

	def _bytes_a_second(self) -> int:
		return 2 * self._sound.channels * self._sound.rate if self._sound is not None else 1

	def _tick(self) -> None:
		self.moved.emit(self.seconds)
		if self._sound is not None and self._at >= len(self._sound.samples):
			# What was handed over last is still being played.
			self._quiet_at = self._quiet_at or time.monotonic() + 0.3
			if time.monotonic() >= self._quiet_at:
				self.stop()
