"""Photos as they may leave the house: drawn anew, so that no camera data, place or hidden picture comes along.

Only formats that phones write are opened (JPEG with its multi-picture form, PNG, WEBP, GIF, HEIC); every other decoder
stays shut. What is too large or damaged is a `ProblemWithFile`, never a crash.
"""

import io
import warnings
from dataclasses import dataclass

import pi_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from cranford_desktop.errors import ProblemWithFile

LARGEST_PIXELS = 50_000_000
"""Pixels of the largest picture that is opened."""
LARGEST_BYTES = 100 * 1024 * 1024
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
"""Several pictures in one file (MPO) come through the JPEG reader."""
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs", b"mif1", b"msf1")
_QUALITY = 80


@dataclass(frozen=True, slots=True)
class Photo:
	"""A photo drawn anew as a JPEG without any metadata."""

	jpeg: bytes
	width: int
	height: int


def reencode(data: bytes, *, box: int = 900) -> Photo:
	"""Return a photo drawn anew, at most `box` pixels wide and high, upright, on white.

	Raises `ProblemWithFile` for what is no photo, too large or damaged.
	"""
	try:
		with warnings.catch_warnings():
			# A damaged note beside the pixels is no reason to refuse a photo; its size is.
			warnings.simplefilter("ignore")
			warnings.simplefilter("error", Image.DecompressionBombWarning)
			return _drawn_anew(data, box)
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


def _drawn_anew(data: bytes, box: int) -> Photo:
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
	out = io.BytesIO()
	fresh.save(out, "JPEG", quality=_QUALITY, optimize=True)
	return Photo(out.getvalue(), fresh.width, fresh.height)


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
