"""Areas of a photo, or of a page of a document, that are painted over before it leaves the house."""

from collections.abc import Sequence
from typing import NamedTuple

LEAST = 0.004
"""Of a side of the picture: smaller areas are slips of the hand."""
_SAMPLES = 64


class Area(NamedTuple):
	"""A rectangle in fractions of the upright picture's sides; `page` counts from 0."""

	left: float
	top: float
	width: float
	height: float
	page: int = 0

	def within(self) -> "Area":
		"""Return it cut to the picture."""
		if min(self[:4]) >= 0 and self.left + self.width <= 1 and self.top + self.height <= 1:
			return self
		left, top = min(max(self.left, 0.0), 1.0), min(max(self.top, 0.0), 1.0)
		right, bottom = min(max(self.left + self.width, 0.0), 1.0), min(max(self.top + self.height, 0.0), 1.0)
		return Area(left, top, max(0.0, right - left), max(0.0, bottom - top), self.page)

	@property
	def is_slip(self) -> bool:
		"""Whether it is too small to have been meant."""
		return self.width < LEAST or self.height < LEAST

	def holds(self, x: float, y: float) -> bool:
		"""Return whether a point lies in it."""
		return self.left <= x <= self.left + self.width and self.top <= y <= self.top + self.height


class PhotoArea(NamedTuple):
	"""An area with the reason it is covered for. The file is known by its content."""

	id: int
	sha256: str
	area: Area
	exemption: str
	reason: str | None = None


def by_file(areas: Sequence[PhotoArea]) -> dict[str, list[PhotoArea]]:
	"""Return areas by the digest of their file."""
	found: dict[str, list[PhotoArea]] = {}
	for one in areas:
		found.setdefault(one.sha256, []).append(one)
	return found


def covers_all(areas: Sequence[Area]) -> bool:
	"""Return whether areas leave nothing of a picture to be seen, but for a sliver."""
	points = [(at + 0.5) / _SAMPLES for at in range(_SAMPLES)]
	return bool(areas) and all(any(one.holds(x, y) for one in areas) for x in points for y in points)


def is_covered(area: Area, covered: Sequence[Area]) -> bool:
	"""Return whether an area lies, but for its margin, within those that are covered on its page."""
	here = [one for one in covered if one.page == area.page]
	across, down = area.width / 8, area.height / 8
	points = [
		(area.left + across * (1 + 3 * at), area.top + down * (1 + 3 * over)) for at in range(3) for over in range(3)
	]
	return all(any(one.holds(*point) for one in here) for point in points)
