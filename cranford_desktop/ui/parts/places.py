"""Places she has been to, to go back and forward among them as in a browser. Plain data."""

from typing import NamedTuple

from cranford_desktop.domain.messages import MessageFilter

_KEPT = 100


class Place(NamedTuple):
	"""What was searched for, and the message that was read."""

	wanted: MessageFilter
	message_id: int


class Places:
	"""The way she came, and where on it she is."""

	def __init__(self) -> None:
		self._way: list[Place] = []
		self._at = -1

	def arrive(self, place: Place) -> None:
		"""Note a place she jumped to; what lay ahead of where she was is forgotten."""
		if self._at >= 0 and self._way[self._at] == place:
			return
		self._way = [*self._way[: self._at + 1], place][-_KEPT:]
		self._at = len(self._way) - 1

	def move(self, message_id: int) -> None:
		"""Note how far she has read from where she arrived: going back leads there."""
		if self._at >= 0 and message_id:
			self._way[self._at] = self._way[self._at]._replace(message_id=message_id)

	@property
	def can_go_back(self) -> bool:
		"""Whether there is a place before this one."""
		return self._at > 0

	@property
	def can_go_forward(self) -> bool:
		"""Whether she came back from somewhere."""
		return self._at + 1 < len(self._way)

	def back(self) -> Place | None:
		"""Step back; return the place, None at the beginning of the way."""
		return self._step(-1) if self.can_go_back else None

	def forward(self) -> Place | None:
		"""Step forward again; return the place, None at the end of the way."""
		return self._step(1) if self.can_go_forward else None

	def _step(self, by: int) -> Place:
		self._at += by
		return self._way[self._at]
