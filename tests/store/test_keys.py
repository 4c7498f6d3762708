"""The key file: what it holds, and that nobody changes it unseen."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cranford_desktop.errors import ProblemWithArchive, WrongSecret
from cranford_desktop.store import keys
from tests.store.archive_support import CHEAP, PASS_PHRASE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
	(tmp_path / "archive.db").write_bytes(b"")
	keys.write(tmp_path, keys.new_keys(practice=False, protected=True), PASS_PHRASE, CHEAP)
	return tmp_path


def change(folder: Path, how: Callable[[dict[str, Any]], object], *, hide: bool) -> None:
	"""Change the key file; `hide` also renews its plain digest, as somebody who means harm would."""
	document = json.loads((folder / "keys.json").read_text("utf-8"))
	how(document)
	if hide:
		covered = {key: value for key, value in document.items() if key != "check"}
		written = json.dumps(covered, sort_keys=True, separators=(",", ":"))
		document["check"] = hashlib.sha256(written.encode()).hexdigest()
	(folder / "keys.json").write_text(json.dumps(document), "utf-8")


def way(document: dict[str, Any], kind: str) -> dict[str, Any]:
	return next(one for one in document["ways"] if one["kind"] == kind)


def test_both_ways_in_lead_to_the_same_keys(tmp_path: Path) -> None:
	new = keys.new_keys(practice=True, protected=True)
	printed = keys.write(tmp_path, new, PASS_PHRASE, CHEAP)
	assert keys.unlock(tmp_path, PASS_PHRASE) == new
	assert keys.unlock(tmp_path, printed) == new


def test_purposes_have_different_keys_and_none_is_the_master() -> None:
	new = keys.new_keys(practice=False, protected=True)
	derived = {new.derived("database"), new.derived("key file"), new.derived("master wrap"), new.derived("manifest")}
	assert len(derived | {new.master, new.tombstone, new.disposal}) == 7


def test_keys_do_not_show_themselves() -> None:
	new = keys.new_keys(practice=False, protected=True)
	assert repr(new.master) not in repr(new)
	assert new.master.hex() not in repr(new)


def test_the_file_holds_neither_key_nor_secret(tmp_path: Path) -> None:
	new = keys.new_keys(practice=False, protected=True)
	printed = keys.write(tmp_path, new, PASS_PHRASE, CHEAP)
	content = (tmp_path / "keys.json").read_text("utf-8")
	assert printed is not None
	for secret in (PASS_PHRASE, printed, new.master.hex(), new.tombstone.hex()):
		assert secret not in content


def test_the_cost_is_recorded_and_the_standard_one_is_rfc_9106s(folder: Path) -> None:
	recorded = way(json.loads((folder / "keys.json").read_text("utf-8")), "passphrase")["argon2id"]
	assert (recorded["t"], recorded["m"], recorded["p"]) == (1, 64, 1)
	assert (keys.STANDARD_COST.passes, keys.STANDARD_COST.memory_kib, keys.STANDARD_COST.lanes) == (3, 65536, 4)


def test_every_byte_counts(folder: Path) -> None:
	whole = (folder / "keys.json").read_bytes()
	for place in range(0, len(whole), 7):
		(folder / "keys.json").write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
		try:
			keys.unlock(folder, PASS_PHRASE)
		except ProblemWithArchive as problem:
			assert not isinstance(problem, WrongSecret)  # noqa: PT017
		else:
			# Only white space may differ without a difference.
			assert whole[place : place + 1].isspace()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b'{"format": 1}', b"[" * 100_000])
def test_a_key_file_that_is_none(folder: Path, content: bytes) -> None:
	(folder / "keys.json").write_bytes(content)
	with pytest.raises(ProblemWithArchive, match=r"keys\.json\) is damaged") as problem:
		keys.unlock(folder, PASS_PHRASE)
	assert "newest back-up" in problem.value.do


def test_a_newer_key_file(folder: Path) -> None:
	change(folder, lambda document: document.update(format=2), hide=True)
	with pytest.raises(ProblemWithArchive, match="newer version"):
		keys.unlock(folder, PASS_PHRASE)


@pytest.mark.parametrize(
	"how",
	[
		lambda document: document.update(practice=True),
		lambda document: document.update(archive="another"),
		lambda document: document["ways"].remove(way(document, "recovery")),
		lambda document: document["kept"].update(tombstone=document["kept"]["disposal"]),
		lambda document: document["kept"].pop("disposal"),
		lambda document: document.update(mac="é"),
		lambda document: document["ways"].append({"kind": "open", "key": "AAAA"}),
		lambda document: way(document, "passphrase").pop("wrapped"),
		lambda document: way(document, "passphrase")["argon2id"].update(m=1 << 40),
		lambda document: way(document, "passphrase")["argon2id"].update(t=0),
		lambda document: way(document, "passphrase")["argon2id"].update(salt="?"),
		lambda document: document.update(ways=["passphrase"]),
	],
)
def test_what_somebody_changed_on_purpose_is_noticed(folder: Path, how: Callable[[dict[str, Any]], object]) -> None:
	change(folder, how, hide=True)
	with pytest.raises(ProblemWithArchive, match=r"keys\.json\) is damaged"):
		keys.unlock(folder, PASS_PHRASE)


def test_a_cheaper_cost_cannot_be_slipped_in(folder: Path) -> None:
	change(folder, lambda document: way(document, "passphrase")["argon2id"].update(m=128), hide=True)
	with pytest.raises(ProblemWithArchive):
		keys.unlock(folder, PASS_PHRASE)


def test_accidental_damage_is_never_taken_for_a_wrong_pass_phrase(folder: Path) -> None:
	change(folder, lambda document: way(document, "passphrase")["wrapped"].update(nonce="AAAAAAAAAAAAAAAA"), hide=False)
	with pytest.raises(ProblemWithArchive, match="damaged"):
		keys.unlock(folder, PASS_PHRASE)
