"""Leaves and roots: what an import proves about its records, also after some of them have been erased.

A leaf is SHA-256(salt ‖ observation) with 16 random bytes of salt. While the observation is held, anybody with the
archive can recompute it; once the salt is destroyed together with the observation the leaf says nothing about what
was there, and yet the root of the import still verifies. The tree is the one of RFC 6962, section 2.1: leaves are
hashed under the prefix 0x00 and nodes under 0x01, so that no node can be passed off as a leaf.
"""

import json
from collections.abc import Sequence
from hashlib import sha256

SALT_SIZE = 16
"""Bytes of random salt for each observation."""
_LEAF, _NODE = b"\x00", b"\x01"


def observation(
	order: int,
	sent_at: str,
	precision: str,
	sender: str | None,
	kind: str,
	raw: str,
	media_name: str | None,
	media_sha256: str | None,
) -> tuple[str | int | None, ...]:
	"""Return what a leaf covers of one observation, in its fixed order: import and verification both ask here.

	`sent_at` as the table `observation` stores it, `sender` and `raw` exactly as exported, `media_sha256` the hex
	digest of the file the record shows, if the archive holds it.
	"""
	return (order, sent_at, precision, sender, kind, raw, media_name, media_sha256)


def leaf(salt: bytes, observation: Sequence[str | int | None]) -> bytes:
	"""Return SHA-256(salt ‖ observation), the observation written as a compact JSON array in UTF-8."""
	written = json.dumps(list(observation), ensure_ascii=False, separators=(",", ":"))
	return sha256(salt + written.encode()).digest()


def root(leaves: Sequence[bytes]) -> str:
	"""Return the hex root over the leaves in file order; for no leaves SHA-256 of nothing, as RFC 6962 says."""
	if not leaves:
		return sha256(b"").hexdigest()
	level = [sha256(_LEAF + one).digest() for one in leaves]
	while len(level) > 1:
		paired = [sha256(_NODE + level[i] + level[i + 1]).digest() for i in range(0, len(level) - 1, 2)]
		if len(level) % 2:
			paired.append(level[-1])
		level = paired
	return level[0].hex()
