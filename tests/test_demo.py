"""`--demo`: the practice council is built, its pack is checked, and no folder is touched that it did not make."""

from pathlib import Path

import pypdfium2
import pytest

from cranford_desktop.bootstrap import system_clock
from cranford_desktop.errors import CranfordError
from cranford_desktop.policy_tables import load
from cranford_desktop.practice import build_demo

TAKEN_OUT = ("hartley", "joan", "07700 900142", "07700900142", "900142", "14 mill lane", "karen", "900 163")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
	folder = tmp_path_factory.mktemp("demo") / "cranford-demo"
	said: list[str] = []
	made = build_demo(folder, clock=system_clock, tables=load(), say=said.append)
	made.council.close()
	assert all(path.is_file() for path in made.files)
	return folder


def test_the_practice_pack_holds_nothing_of_the_resident(demo: Path) -> None:
	released = sorted((demo / "foi-pack" / "DISCLOSURE").iterdir())
	assert {path.suffix for path in released} >= {".pdf", ".xlsx"}
	for path in released:
		if path.suffix == ".pdf":
			document = pypdfium2.PdfDocument(path.read_bytes())
			text = " ".join(page.get_textpage().get_text_bounded() for page in document)
		else:
			text = path.read_bytes().decode("latin-1")
		folded = " ".join(text.split()).casefold()
		assert [words for words in TAKEN_OUT if words in folded] == []


def test_the_retention_report_is_there(demo: Path) -> None:
	assert {path.suffix for path in (demo / "retention-report").iterdir()} == {".pdf", ".xlsx"}


def test_a_second_run_renews_what_it_made(demo: Path) -> None:
	keepsake = demo / "my notes.txt"
	keepsake.write_text("mine", encoding="utf-8")
	made = build_demo(demo, clock=system_clock, tables=load(), say=lambda _words: None)
	made.council.close()
	assert keepsake.read_text(encoding="utf-8") == "mine"
	assert (demo / "foi-pack" / "DISCLOSURE").is_dir()


def test_a_folder_it_did_not_make_is_not_touched(tmp_path: Path) -> None:
	(tmp_path / "archive").mkdir()
	(tmp_path / "archive" / "thesis.txt").write_text("years of work", encoding="utf-8")
	with pytest.raises(CranfordError, match="did not make"):
		build_demo(tmp_path, clock=system_clock, tables=load(), say=lambda _words: None)
	assert (tmp_path / "archive" / "thesis.txt").is_file()
