"""Leaves and roots: what an import proves about its records, also after some of them have been erased.

A leaf is SHA-256(salt ‖ observation) with 16 random bytes of salt. While the observation is held, anybody with the
archive can recompute it; once the salt is destroyed together with the observation the leaf says nothing about what
was there, and yet the root of the import still verifies. The tree is the one of RFC 6962, section 2.1: leaves are
hashed under the prefix 0x00 and nodes under 0x01, so that no node can be passed off as a leaf.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from json.encoder import encode_basestring

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
	return sealed(salt, ",".join(map(quoted, observation)))


def quoted(one: str | int | None) -> str:
	"""Return one part of an observation as it is written in JSON."""
	return "null" if one is None else str(encode_basestring(one)) if isinstance(one, str) else str(one)


def sealed(salt: bytes | bytearray, written: str) -> bytes:
	"""Return the leaf of an observation whose parts are written already, each as `quoted` does, with commas between."""
	return sha256(salt + f"[{written}]".encode()).digest()


class Tree:
	"""A tree that grows by a leaf at a time and keeps no more than one node for each of its levels."""

	def __init__(self) -> None:
		self._tops: list[bytes] = []
		"""The tops of the full trees that the leaves so far make, the largest first."""
		self._leaves = 0

	def __len__(self) -> int:
		return self._leaves

	def add(self, leaf: bytes) -> None:
		"""Add the next leaf in file order."""
		node = sha256(_LEAF + leaf).digest()
		count = self._leaves
		while count & 1:
			node = sha256(_NODE + self._tops.pop() + node).digest()
			count >>= 1
		self._tops.append(node)
		self._leaves += 1

	def extend(self, leaves: Sequence[bytes]) -> None:
		"""Add the next leaves in file order, a full tree of them at once where one begins here."""
		size = len(leaves)
		if not size or size & (size - 1) or self._leaves % size:
			for one in leaves:
				self.add(one)
			return
		level = [sha256(_LEAF + one).digest() for one in leaves]
		while len(level) > 1:
			pairs = iter(level)
			level = [sha256(_NODE + left + right).digest() for left, right in zip(pairs, pairs, strict=True)]
		node, count = level[0], self._leaves // size
		while count & 1:
			node = sha256(_NODE + self._tops.pop() + node).digest()
			count >>= 1
		self._tops.append(node)
		self._leaves += size

	def root(self) -> str:
		"""Return the hex root over the leaves so far; for no leaves SHA-256 of nothing, as RFC 6962 says."""
		if not self._tops:
			return sha256(b"").hexdigest()
		node = self._tops[-1]
		for top in self._tops[-2::-1]:
			node = sha256(_NODE + top + node).digest()
		return node.hex()


def root(leaves: Iterable[bytes]) -> str:
	"""Return the hex root over leaves in file order."""
	tree = Tree()
	for one in leaves:
		tree.add(one)
	return tree.root()
