"""A short memory: what was worked out for the last few things somebody asked about."""

from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Remembered(Generic[Key, Value]):
	"""Keeps the newest few values, forgetting the oldest."""

	def __init__(self, most: int) -> None:
		self._most = most
		self._kept: dict[Key, Value] = {}

	def __setitem__(self, key: Key, value: Value) -> None:
		self._kept.pop(key, None)
		self._kept[key] = value
		while len(self._kept) > self._most:
			del self._kept[next(iter(self._kept))]

	def get(self, key: Key) -> Value | None:
		"""Return what is remembered; None where nothing is."""
		return self._kept.get(key)

	def clear(self) -> None:
		"""Forget everything."""
		self._kept.clear()
