"""Photos as they may leave the house: drawn anew, so that no camera data, place or hidden picture comes along.

Only formats that phones write are opened (JPEG with its multi-picture form, PNG, WEBP, GIF, HEIC); every other decoder
stays shut. What is too large or damaged is a `ProblemWithFile`, never a crash.
"""

import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import pi_heif
from PIL import Image, ImageDraw, ImageOps, UnidentifiedImageError

from cranford_desktop.domain.photo_areas import Area
from cranford_desktop.errors import ProblemWithFile

LARGEST_PIXELS = 50_000_000
"""Pixels of the largest picture that is opened."""
LARGEST_BYTES = 100 * 1024 * 1024
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
"""Several pictures in one file (MPO) come through the JPEG reader."""
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs", b"mif1", b"msf1")
_QUALITY = 80
_BLOCK = 8
"""Pixels of a JPEG's block."""
_BLEED = 2
"""Pixels by which making a picture smaller mixes neighbours."""


@dataclass(frozen=True, slots=True)
class Photo:
	"""A photo drawn anew as a JPEG without any metadata."""

	jpeg: bytes
	width: int
	height: int


def reencode(data: bytes, *, box: int = 900, areas: Sequence[Area] = ()) -> Photo:
	"""Return a photo drawn anew, at most `box` pixels wide and high, upright, on white; the areas are burnt in.

	Raises `ProblemWithFile` for what is no photo, too large or damaged.
	"""
	try:
		with warnings.catch_warnings():
			# A damaged note beside the pixels is no reason to refuse a photo; its size is.
			warnings.simplefilter("ignore")
			warnings.simplefilter("error", Image.DecompressionBombWarning)
			return _drawn_anew(data, box, areas)
	except ProblemWithFile:
		raise
	except MemoryError:
		raise _too_large() from None
	except Exception as problem:  # decoders of hostile files raise anything
		raise ProblemWithFile(
			"The photo cannot be read: it is damaged, or it is no photo.",
			"Nothing of it was used.",
			"Leave it out of the pack, or open the file on the phone it came from.",
			type(problem).__name__,
		) from None


def thumbnail(data: bytes, box: int) -> Photo:
	"""Return a small picture of a photo, for showing; raises `ProblemWithFile` like `reencode`."""
	return reencode(data, box=max(16, min(box, 2000)))


def _drawn_anew(data: bytes, box: int, areas: Sequence[Area]) -> Photo:
	if not data or len(data) > LARGEST_BYTES:
		raise _too_large() if data else ProblemWithFile("The photo's file is empty.", "Nothing of it was used.")
	with _opened(data) as image:
		if image.width * image.height > LARGEST_PIXELS:
			raise _too_large()
		if image.format in ("JPEG", "MPO"):
			image.draft("RGB", (box * 2, box * 2))
		upright = ImageOps.exif_transpose(image)
		upright.thumbnail((box, box), reducing_gap=2.0)
		# A new picture takes over pixels only: EXIF, XMP, colour profiles, comments and thumbnails stay behind.
		fresh = Image.new("RGB", upright.size, "white")
		if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
			see_through = upright.convert("RGBA")
			fresh.paste(see_through, mask=see_through.getchannel("A"))
		else:
			fresh.paste(upright.convert("RGB"))
	return jpeg_of(fresh, areas)


def jpeg_of(picture: Image.Image, areas: Sequence[Area] = ()) -> Photo:
	"""Return a picture as a JPEG without any metadata, the areas burnt in."""
	out = io.BytesIO()
	if areas:
		# Colour as fine as light: else a block of colour would be wider than one of light, and reach out of an area.
		burnt(picture, areas).save(out, "JPEG", quality=_QUALITY, optimize=True, subsampling=0)
	else:
		picture.save(out, "JPEG", quality=_QUALITY, optimize=True)
	return Photo(out.getvalue(), picture.width, picture.height)


def burnt(picture: Image.Image, areas: Sequence[Area]) -> Image.Image:
	"""Return a picture in which areas are painted over, out to the next block of a JPEG.

	So a covered block holds one colour and nothing of what was there, not even mixed into its edge.
	"""
	made = picture.copy() if areas else picture
	brush = ImageDraw.Draw(made)
	wide, high = made.size
	for one in areas:
		left, top = (one.left * wide - _BLEED) // _BLOCK * _BLOCK, (one.top * high - _BLEED) // _BLOCK * _BLOCK
		right = -(-((one.left + one.width) * wide + _BLEED) // _BLOCK) * _BLOCK
		bottom = -(-((one.top + one.height) * high + _BLEED) // _BLOCK) * _BLOCK
		brush.rectangle((max(0, left), max(0, top), min(wide, right) - 1, min(high, bottom) - 1), fill="black")
	return made


def _opened(data: bytes) -> Image.Image:
	if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
		heif = pi_heif.open_heif(io.BytesIO(data), convert_hdr_to_8bit=True)
		if heif.size[0] * heif.size[1] > LARGEST_PIXELS:
			raise _too_large()
		image: Image.Image = heif.to_pillow()
		return image
	try:
		return Image.open(io.BytesIO(data), formats=_FORMATS)
	except UnidentifiedImageError:
		raise ProblemWithFile(
			"The file is no photo that can be shown (JPEG, PNG, WEBP, GIF or HEIC).", "Nothing of it was used."
		) from None


def _too_large() -> ProblemWithFile:
	return ProblemWithFile(
		f"The photo is larger than {LARGEST_PIXELS // 1_000_000} million pixels, so it was not opened.",
		"Nothing of it was used.",
		"Leave it out of the pack, or save a smaller copy.",
	)
