"""A sheet with a dark band on top of every page, for what must not be taken for a disclosure."""

from reportlab.lib.colors import white
from reportlab.lib.units import mm

from cranford_desktop.documents import fonts
from cranford_desktop.documents.sheet import GROUND, HEIGHT, WIDTH, Sheet

_BAND = 8 * mm


class BandedSheet(Sheet):
	"""A sheet whose band says what it is: a subclass gives the words."""

	band = "INTERNAL"

	def _begin(self) -> None:
		super()._begin()
		with self.decoration():
			self.box(0, HEIGHT - _BAND, WIDTH, _BAND, fill=GROUND)
			wide = fonts.width(self.band, fonts.BOLD) * 11
			self.text(self.band, (WIDTH - wide) / 2, HEIGHT - _BAND + 7, 11, fonts.BOLD, white)
