"""Harsh stories in an archive, with the comparison that really serves: any order of imports, the phones' own orders."""

from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path
from random import Random

from cranford_desktop.domain.messages import ReadExport
from cranford_desktop.ingest.reconcile import merge
from tests.ingest.test_harsh_merging import told
from tests.store.books_support import bare_archive, export, take
from tests.store.test_fold import everything_stands, snapshot

_SEEDS = range(200, 230)
_SHOWN = "SELECT export_id, message_id FROM observation ORDER BY export_id, ord"


def stories(folder: Path) -> Iterator[tuple[int, list[ReadExport]]]:
	for seed in _SEEDS:
		_, exports = told(seed, folder)
		yield seed, [export(one.records, f"{place}.txt") for place, one in enumerate(exports)]


def taken(exports: list[ReadExport]) -> tuple[list[tuple[object, ...]], list[int], dict[int, list[int]]]:
	"""Return everything of the history, its messages in order, and those of each export in the order of its file."""
	with bare_archive() as c:
		for one in exports:
			take(c, one, merge=merge, phone=one.file_name)
		everything_stands(c)
		order = [row[0] for row in c.exec_driver_sql("SELECT id FROM message ORDER BY position")]
		phones: dict[int, list[int]] = {}
		for number, message in c.exec_driver_sql(_SHOWN):
			phones.setdefault(number, []).append(message)
		return snapshot(c), order, phones


def test_any_order_of_imports_gives_one_history(tmp_path: Path) -> None:
	for seed, exports in stories(tmp_path):
		found = taken(exports)[0]
		again = list(exports)
		Random(seed).shuffle(again)  # noqa: S311  a seeded generator shuffles the same way every time
		assert taken(again)[0] == found, seed
		assert taken(exports[::-1])[0] == found, seed


def test_the_order_is_that_of_every_phone_where_they_do_not_contradict_each_other(tmp_path: Path) -> None:
	for seed, exports in stories(tmp_path):
		_, order, phones = taken(exports)
		assert sorted(order) == sorted({one for shown in phones.values() for one in shown})
		place = {message: number for number, message in enumerate(order)}
		later = _led_to({pair for shown in phones.values() for pair in pairwise(shown)})
		for shown in phones.values():
			for one, other in combinations(shown, 2):
				assert place[one] < place[other] or one in later.get(other, ()), seed


def _led_to(steps: set[tuple[int, int]]) -> dict[int, set[int]]:
	"""Return for each message those that the phones' steps lead to from it."""
	after: dict[int, set[int]] = {}
	for one, other in steps:
		after.setdefault(one, set()).add(other)
	found: dict[int, set[int]] = {}
	for start in after:
		seen: set[int] = set()
		waiting = [start]
		while waiting:
			for other in after.get(waiting.pop(), ()):
				if other not in seen:
					seen.add(other)
					waiting.append(other)
		found[start] = seen
	return found
