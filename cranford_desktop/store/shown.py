"""What a message is taken to be where its exports differ: the rules of the design, `cranford messages`.

Nothing here depends on the order in which exports came in.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from cranford_desktop.domain.people import plain_name

_NUMBER = re.compile(r"[~\s]*\+?[\d\s().\-/]{6,}")


class Seen(NamedTuple):
	"""One observation of a message, with the body it shows."""

	sent_at: str
	"""Less the clock offset of its export."""
	precision: str
	sender: str | None
	is_media: bool
	named: bool
	present: bool
	last_at: str
	"""Last record of its export."""
	sha256: str
	"""Digest of its export."""
	version_id: int
	raw: str
	text: str | None
	kind: str
	edited: bool
	deleted: bool


class Shown(NamedTuple):
	"""The columns of a message that follow from its observations."""

	sent_at: str
	precision: str
	sender: str | None
	"""Plain rendering that most exports show."""
	sender_as_exported: str | None
	kind: str
	version_id: int
	edited: bool
	deleted: bool


def is_number(name: str) -> bool:
	"""Say whether a plain rendering is a telephone number rather than a name."""
	return _NUMBER.fullmatch(name) is not None


def shown(seen: Sequence[Seen]) -> Shown:
	"""Return what a message is taken to be."""
	best = seen[0]
	same: Sequence[Seen] = seen
	if len({one.version_id for one in seen}) > 1:
		best = _body(seen)
		same = [one for one in seen if one.version_id == best.version_id]
	source = max(same, key=_latest) if len(same) > 1 else same[0]
	sent_at, precision = _time(seen)
	return Shown(
		sent_at=sent_at,
		precision=precision,
		sender=None if best.kind == "system" else _sender(seen),
		sender_as_exported=source.sender,
		kind=best.kind,
		version_id=best.version_id,
		edited=any(one.edited for one in seen),
		deleted=any(_is_deletion(one) for one in seen),
	)


def _latest(one: Seen) -> tuple[str, str]:
	return one.last_at, one.sha256


def _is_deletion(one: Seen) -> bool:
	return one.deleted or one.kind == "deleted"


def _body(seen: Sequence[Seen]) -> Seen:
	"""Return an observation with the body to show. A deletion never replaces a known text, and a medium that is
	there stands before one that was left out.
	"""
	known = [one for one in seen if not _is_deletion(one)] or list(seen)
	edited = [one for one in known if one.edited]
	if edited:
		latest = max(one.last_at for one in edited)
		known = [one for one in edited if one.last_at == latest]
	return min(
		known,
		key=lambda one: (
			not one.is_media,
			-len(one.text or ""),
			not one.present,
			not one.named,
			one.text or "",
			one.raw,
			one.kind,
			one.edited,
			one.deleted,
		),
	)


def _time(seen: Sequence[Seen]) -> tuple[str, str]:
	exact = [one.sent_at for one in seen if one.precision == "second"]
	times = exact or [one.sent_at for one in seen]
	different = set(times)
	at = times[0] if len(different) == 1 else max(sorted(different), key=times.count)
	return at, "second" if exact else "minute"


def _sender(seen: Sequence[Seen]) -> str | None:
	return _agreed_name(tuple([one.sender for one in seen if one.sender is not None and one.kind != "system"]))


@lru_cache(maxsize=4096)
def _agreed_name(exported: tuple[str, ...]) -> str | None:
	names = Counter(plain_name(one) for one in exported)
	return min(names, key=lambda name: (-names[name], is_number(name), name), default=None)
