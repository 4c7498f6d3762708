"""The key file (keys.json): one random master key, wrapped once for each way in.

Ways in are the pass phrase (Argon2id), the printed recovery key (140 random bits, so HKDF is enough), or "open" where
the council chose to have no pass phrase: then the master key stands in the file as it is, and no document may claim
encryption. All other keys come from the master key by HKDF, except two that must outlive its rotation: the keys for
marks of erased messages and for disposal records are random and wrapped under it.

The file carries a plain SHA-256 of itself, so that accidental damage is told apart from a wrong pass phrase, and an
HMAC under a sub-key of the master key, so that nobody without the key can change it unseen.
"""

import base64
import hmac
import json
import os
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from cranford_desktop.errors import ProblemWithArchive, WrongSecret
from cranford_desktop.store import recovery_key
from cranford_desktop.store.attachments import sync_folder
from cranford_desktop.store.troubles import not_an_archive, plainly, problem_behind

NAME = "keys.json"
FORMAT = 1
Purpose = Literal["database", "key file", "master wrap", "manifest"]
_KEPT_KEYS = ("tombstone", "disposal")
_ANSWER = "The archive is unchanged."


@dataclass(frozen=True, slots=True)
class Argon2Cost:
	"""How hard a pass phrase is to guess: RFC 9106's second recommended option."""

	passes: int = 3
	memory_kib: int = 64 * 1024
	lanes: int = 4

	@property
	def bearable(self) -> bool:
		"""A file that asks for more than this was not written by us and would only tie up the computer."""
		return 1 <= self.passes <= 64 and 1 <= self.lanes <= 64 and 8 * self.lanes <= self.memory_kib <= 1 << 20


STANDARD_COST = Argon2Cost()
"""The cost of every archive but those of tests."""


@dataclass(frozen=True, slots=True)
class Keys:
	"""An opened key file. Never logged: its fields do not show themselves."""

	master: bytes = field(repr=False)
	tombstone: bytes = field(repr=False)
	"""Key for the marks of erased messages; made once."""
	disposal: bytes = field(repr=False)
	"""Key for disposal records beside back-ups; made once."""
	archive: str
	"""Random name of this archive, for matching back-ups."""
	practice: bool
	protected: bool
	"""A pass phrase was set; else the archive is open to whoever has the folder."""

	def derived(self, purpose: Purpose) -> bytes:
		"""Return the 32-byte sub-key for a purpose."""
		return _derived(self.master, purpose)


def new_keys(*, practice: bool, protected: bool) -> Keys:
	"""Return fresh random keys for a new archive."""
	return Keys(os.urandom(32), os.urandom(32), os.urandom(32), os.urandom(16).hex(), practice, protected)


def write(folder: Path, keys: Keys, passphrase: str | None, cost: Argon2Cost) -> str | None:
	"""Write the key file of a new archive and return its printed recovery key; None without a pass phrase."""
	document: dict[str, Any] = {
		"app": "Cranford Desktop",
		"format": FORMAT,
		"archive": keys.archive,
		"practice": keys.practice,
		"ways": [],
		"kept": {
			name: _wrapped(_derived(keys.master, "master wrap"), getattr(keys, name), name) for name in _KEPT_KEYS
		},
	}
	printed = None
	if passphrase is None:
		document["ways"].append({"kind": "open", "key": _text(keys.master)})
	else:
		secret = recovery_key.new_secret()
		printed = recovery_key.written(secret)
		document["ways"] += [_passphrase_way(keys, passphrase, cost), _recovery_way(keys, secret)]
	document["mac"] = _mac(keys.master, document)
	document["check"] = _check(document)
	with plainly(files=True):
		part = folder / (NAME + ".part")
		with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
			json.dump(document, file, indent="\t", sort_keys=True)
			file.flush()
			os.fsync(file.fileno())
		part.replace(folder / NAME)
		sync_folder(folder)
	return printed


def needs_secret(folder: Path) -> bool:
	"""Say whether an archive or back-up asks for a pass phrase; raises `ProblemWithArchive` as `unlock` does."""
	return not any(way["kind"] == "open" for way in _load(folder)["ways"])


def is_practice(folder: Path) -> bool:
	"""Say whether the key file calls its archive a practice one; `unlock` proves it."""
	return bool(_load(folder)["practice"])


def unlock(folder: Path, secret: str | None) -> Keys:
	"""Open the key file with a pass phrase or recovery key, or without either where it is open.

	Raises `WrongSecret` where the answer does not fit, `ProblemWithArchive` where the file is missing or damaged.
	"""
	document = _load(folder)
	master = _master(document, secret)
	if not hmac.compare_digest(_mac(master, document).encode(), document["mac"].encode()):
		raise damaged("key file: authentication")
	wrap = _derived(master, "master wrap")
	try:
		kept = {name: _unwrapped(wrap, document["kept"][name], name) for name in _KEPT_KEYS}
	except (InvalidTag, KeyError, TypeError, ValueError) as error:
		raise damaged("key file: kept keys") from error
	protected = not any(way["kind"] == "open" for way in document["ways"])
	return Keys(master, kept["tombstone"], kept["disposal"], document["archive"], document["practice"], protected)


def damaged(detail: str) -> ProblemWithArchive:
	"""Return the problem of a key file that was changed or damaged."""
	return ProblemWithArchive(
		"The archive's key file (keys.json) is damaged.",
		"The messages are still there, but cannot be opened without it.",
		"Copy keys.json from your newest back-up of this archive into its folder, then open it again.",
		detail,
	)


def _missing(folder: Path) -> ProblemWithArchive:
	if not folder.is_dir():
		return ProblemWithArchive(
			"There is no such folder.", "Nothing has been changed.", "Check the name, or choose the archive's folder."
		)
	if not (folder / "archive.db").is_file():
		return not_an_archive()
	return ProblemWithArchive(
		"The archive's key file (keys.json) is missing from its folder.",
		"The messages are still there, but cannot be opened without it.",
		"Put keys.json back: the same file lies in every back-up of this archive.",
	)


def _too_little_memory(detail: str) -> ProblemWithArchive:
	return ProblemWithArchive(
		"This computer had not enough free memory to check the pass phrase.",
		_ANSWER,
		"Close other programs, then try again.",
		detail,
	)


def _load(folder: Path) -> Mapping[str, Any]:
	try:
		content = (folder / NAME).read_bytes()
	except (FileNotFoundError, NotADirectoryError) as error:
		raise _missing(folder) from error
	except OSError as error:
		raise problem_behind(error) or damaged("key file: unreadable") from error
	try:
		document = json.loads(content)
		if document["format"] > FORMAT:
			raise ProblemWithArchive(
				"This archive was written by a newer version of Cranford Desktop.",
				_ANSWER,
				"Install the newest version, then open it again.",
				f"key file format {document['format']}",
			)
		if document["check"] != _check(document) or not document["ways"]:
			raise ValueError
		_shape(document)
	except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
		raise damaged("key file: content") from error
	return dict(document)


def _shape(document: Mapping[str, Any]) -> None:
	"""Raise `ValueError` where a field that is read before the key is known has another form than ours."""
	good = isinstance(document["practice"], bool) and all(isinstance(document[key], str) for key in ("archive", "mac"))
	for way in document["ways"]:
		if way["kind"] == "passphrase":
			good = good and _cost(way).bearable
		good = good and way["kind"] in ("passphrase", "recovery", "open")
	if not good:
		raise ValueError


def _master(document: Mapping[str, Any], secret: str | None) -> bytes:
	ways = {way["kind"]: way for way in document["ways"]}
	try:
		if "open" in ways:
			return _bytes(ways["open"]["key"])
		if not secret:
			raise WrongSecret(
				"This archive needs its pass phrase.", _ANSWER, "Type the pass phrase, or the printed recovery key."
			)
		key = recovery_key.read(secret)
		if key.secret is not None and "recovery" in ways:
			master = _tried(_derived(key.secret, "recovery"), ways["recovery"])
			if master is not None:
				return master
		if "passphrase" in ways:
			master = _tried(_stretched(secret, ways["passphrase"]), ways["passphrase"])
			if master is not None:
				return master
	except HashingError as error:
		raise _too_little_memory(str(error)) from error
	except (KeyError, TypeError, ValueError) as error:
		raise damaged("key file: ways in") from error
	raise _no_fit(key)


def _no_fit(key: recovery_key.Reading) -> WrongSecret:
	if key.secret is not None:
		return WrongSecret(
			"This recovery key belongs to another archive.",
			_ANSWER,
			"Look for the recovery sheet with this council's name and date, or use the pass phrase.",
		)
	if key.meant:
		where = " and ".join(recovery_key.ORDINALS[number] for number in key.wrong_groups[:2])
		many = len(key.wrong_groups) > 1
		look = (
			f"Look again at the {where} group{'s' if many else ''} of five signs."
			if 0 < len(key.wrong_groups) <= 2
			else "It has seven groups of five signs each. Compare every group with the printed sheet."
		)
		return WrongSecret("The recovery key is not typed as it was printed.", _ANSWER, look)
	return WrongSecret(
		"The pass phrase does not fit this archive.",
		_ANSWER,
		"Try again; capital letters and spaces count. The printed recovery key opens it as well.",
	)


def _tried(wrapping: bytes, way: Mapping[str, Any]) -> bytes | None:
	try:
		return _unwrapped(wrapping, way["wrapped"], _bound(way))
	except InvalidTag:
		return None


def _passphrase_way(keys: Keys, passphrase: str, cost: Argon2Cost) -> dict[str, Any]:
	way: dict[str, Any] = {
		"kind": "passphrase",
		"argon2id": {
			"t": cost.passes,
			"m": cost.memory_kib,
			"p": cost.lanes,
			"salt": _text(os.urandom(16)),
		},
	}
	return way | {"wrapped": _wrapped(_stretched(passphrase, way), keys.master, _bound(way))}


def _recovery_way(keys: Keys, secret: bytes) -> dict[str, Any]:
	way: dict[str, Any] = {"kind": "recovery"}
	return way | {"wrapped": _wrapped(_derived(secret, "recovery"), keys.master, _bound(way))}


def _cost(way: Mapping[str, Any]) -> Argon2Cost:
	numbers = way["argon2id"]
	return Argon2Cost(int(numbers["t"]), int(numbers["m"]), int(numbers["p"]))


def _stretched(passphrase: str, way: Mapping[str, Any]) -> bytes:
	cost = _cost(way)
	return hash_secret_raw(
		unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass"),
		_bytes(way["argon2id"]["salt"]),
		cost.passes,
		cost.memory_kib,
		cost.lanes,
		32,
		Type.ID,
	)


def _bound(way: Mapping[str, Any]) -> str:
	"""Return what the wrapping is bound to: everything of a way in but the wrapped key itself."""
	return _canonical({key: value for key, value in way.items() if key != "wrapped"})


def _derived(secret: bytes, purpose: str) -> bytes:
	return HKDF(SHA256(), 32, salt=None, info=b"cranford-keys-1 " + purpose.encode()).derive(secret)


def _wrapped(wrapping: bytes, key: bytes, bound: str) -> dict[str, str]:
	nonce = os.urandom(12)
	return {"nonce": _text(nonce), "key": _text(AESGCM(wrapping).encrypt(nonce, key, bound.encode()))}


def _unwrapped(wrapping: bytes, wrapped: Mapping[str, str], bound: str) -> bytes:
	return AESGCM(wrapping).decrypt(_bytes(wrapped["nonce"]), _bytes(wrapped["key"]), bound.encode())


def _mac(master: bytes, document: Mapping[str, Any]) -> str:
	covered = {key: value for key, value in document.items() if key not in ("mac", "check")}
	return hmac.new(_derived(master, "key file"), _canonical(covered).encode(), sha256).hexdigest()


def _check(document: Mapping[str, Any]) -> str:
	return sha256(_canonical({key: value for key, value in document.items() if key != "check"}).encode()).hexdigest()


def _canonical(value: object) -> str:
	return json.dumps(value, sort_keys=True, separators=(",", ":"))


def _text(data: bytes) -> str:
	return base64.b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
	return base64.b64decode(text, validate=True)
