"""Photos are drawn anew: no metadata comes along, hostile files are told apart."""

import io
import struct
import zlib

import pytest
from PIL import Image

from cranford_desktop.documents.photos import reencode, thumbnail
from cranford_desktop.errors import ProblemWithFile
from tests.documents.samples import photo


def with_camera_data(orientation: int = 1) -> bytes:
	image = Image.open(io.BytesIO(photo(400, 300)))
	exif = Image.Exif()
	exif[0x010F] = "Ashford Camera Works"
	exif[0x0112] = orientation
	exif.get_ifd(0x8825)[1] = "N"
	exif.get_ifd(0x8825)[2] = (51.0, 28.0, 38.0)
	out = io.BytesIO()
	image.save(out, "JPEG", exif=exif, comment=b"taken at 14 Mill Lane")
	return out.getvalue()


def test_no_metadata_survives() -> None:
	source = with_camera_data()
	assert b"Ashford Camera" in source
	made = reencode(source)
	for sign in (b"Exif", b"Ashford", b"Mill Lane", b"ns.adobe", b"ICC_PROFILE"):
		assert sign not in made.jpeg
	assert not Image.open(io.BytesIO(made.jpeg)).getexif()


def test_turned_photo_stands_upright() -> None:
	made = reencode(with_camera_data(orientation=6))
	assert (made.width, made.height) == (300, 400)


def test_large_photo_fits_the_box() -> None:
	made = reencode(photo(3_000, 2_000))
	assert (made.width, made.height) == (900, 600)
	assert thumbnail(photo(), 128).width == 128


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF", "JPEG"])
def test_what_phones_write_is_read(kind: str) -> None:
	out = io.BytesIO()
	Image.new("RGB", (64, 48), "red").save(out, kind)
	assert (reencode(out.getvalue()).width, reencode(out.getvalue()).height) == (64, 48)


def test_see_through_becomes_white() -> None:
	out = io.BytesIO()
	Image.new("RGBA", (20, 20), (255, 0, 0, 0)).save(out, "PNG")
	assert Image.open(io.BytesIO(reencode(out.getvalue()).jpeg)).getpixel((10, 10)) == (255, 255, 255)


def test_several_pictures_in_one_file_give_the_first() -> None:
	out = io.BytesIO()
	first, second = Image.new("RGB", (60, 40), "red"), Image.new("RGB", (60, 40), "blue")
	first.save(out, "MPO", save_all=True, append_images=[second])
	made = reencode(out.getvalue())
	assert b"MPF" not in made.jpeg
	red, _, blue = Image.open(io.BytesIO(made.jpeg)).getpixel((30, 20))
	assert red > blue


def bomb() -> bytes:
	"""A PNG that says it is 60,000 by 60,000."""

	def chunk(name: bytes, data: bytes) -> bytes:
		return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

	head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
	return (
		b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1_000))) + chunk(b"IEND", b"")
	)


@pytest.mark.parametrize(
	"data",
	[
		b"",
		b"no photo",
		photo()[:200],
		photo()[:2_000],
		bomb(),
		b"%PDF-1.7",
		b"\x00\x00\x00\x18ftypheic" + bytes(50),
		b"BM" + bytes(80),
	],
)
def test_hostile_files_are_a_problem_in_words(data: bytes) -> None:
	with pytest.raises(ProblemWithFile):
		reencode(data)
