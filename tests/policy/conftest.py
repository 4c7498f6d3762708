"""The council of the policy's tests: a real archive with the practice members' words, on the practice day."""

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image

from cranford_desktop.policy_tables import load
from cranford_desktop.services.clock import standing_clock
from cranford_desktop.services.council import Council, create_council

NOW = datetime(2026, 11, 23, 10, 0)
GROUP = "Thistlemere Councillors"
OFFICIAL = (
	"02/05/2019, 18:00 - Cllr Ann Example: The Mill Lane ditch is full again",
	"02/05/2019, 18:05 - Cllr Ben Sample: Noted",
	"01/11/2026, 09:00 - Cllr Ann Example: Mrs Hartley of 14 Mill Lane rang, her number is 07700 900123",
	"01/11/2026, 09:01 - Cllr Ben Sample: Mill Lane again! I will look at it",
	"01/11/2026, 09:02 - Cllr Ben Sample: Happy birthday, Dad",
	"02/11/2026, 10:00 - Cllr Ann Example: IMG-20261102-WA0001.jpg (file attached)",
	"02/11/2026, 10:01 - Cllr Ben Sample: You are useless",
	"02/11/2026, 10:02 - Cllr Ann Example: All agreed then, we order the pipe",
)


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Council]:
	made, _ = create_council(
		tmp_path / "archive", "Test Parish Council", None, practice=False, clock=standing_clock(NOW), tables=load()
	)
	yield made
	made.close()


@pytest.fixture
def photo() -> bytes:
	"""A photo whose EXIF says where it was taken."""
	image = Image.effect_noise((64, 48), 40).convert("RGB")
	exif = Image.Exif()
	exif[0x010F] = "Secretphone"
	exif.get_ifd(0x8825)[1] = "N"
	held = io.BytesIO()
	image.save(held, "JPEG", exif=exif)
	return held.getvalue()


@pytest.fixture
def export(tmp_path: Path, photo: bytes) -> Callable[..., Path]:
	"""Write an Android export of these lines, with the photo, and return its path."""

	def write(lines: tuple[str, ...] = OFFICIAL, name: str = f"WhatsApp Chat with {GROUP}.zip") -> Path:
		path = tmp_path / name
		with zipfile.ZipFile(path, "w") as made:
			made.writestr(name.replace(".zip", ".txt"), "".join(f"{line}\n" for line in lines))
			made.writestr("IMG-20261102-WA0001.jpg", photo)
		return path

	return write


@pytest.fixture
def official(council: Council, export: Callable[..., Path]) -> Council:
	"""The council with its official group imported."""
	council.importing.import_file(export(), group=GROUP, phone="Cllr Example's phone")
	return council
