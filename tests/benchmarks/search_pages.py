"""What the first screen of a search costs beside a bare query of the full-text index, in an archive of a million:

python -m tests.benchmarks.search_pages FOLDER [MESSAGES]

The archive is made in the folder once (`million`) and found there again. Three floors, each of the same words, order
and limit in the same run: the index's rowids only; the rowids with their texts; the rowids with all that a row of the
list shows, joined in one statement. Each search is asked five times; the best counts. Prints absolute figures as well.
"""

import platform
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.services.council import Council
from cranford_desktop.store import pages
from tests.benchmarks.import_ratios import council_in
from tests.benchmarks.million import MESSAGES, build

LIMIT = 50
TYPICAL = {
	"the": '"the"',
	"culvert": '"culvert"',
	"mill lane": '"mill" AND "lane"',
	'"mill lane"': '"mill lane"',
	"drain quote": '"drain" AND "quote"',
	"agenda minutes": '"agenda" AND "minutes"',
	"drain flood hedge": '"drain" AND "flood" AND "hedge"',
	"mill lane drain": '"mill" AND "lane" AND "drain"',
	"culvert OR sewer": '"culvert" OR "sewer"',
}
"""What is typed, and what the index is asked."""
ROWIDS = "SELECT rowid FROM version_text WHERE version_text MATCH ? ORDER BY rowid DESC LIMIT ?"
TEXTS = "SELECT rowid, normal FROM version_text WHERE version_text MATCH ? ORDER BY rowid DESC LIMIT ?"
ROWS = """
	SELECT t.rowid, m.id, m.group_id, g.name, m.position, m.sent_at, m.precision, p.name, a.rendered, a.folded,
		m.sender_as_exported, p.role, m.kind, v.text, v.raw, m.edited, m.deleted, m.shown_version_id, m.category,
		(SELECT count(*) FROM observation o WHERE o.message_id = m.id),
		(SELECT group_concat(o.media_name) FROM observation o WHERE o.message_id = m.id AND o.is_media = 1)
	FROM version_text t CROSS JOIN version v ON v.id = t.rowid JOIN message m ON m.id = v.message_id
	JOIN chat_group g ON g.id = m.group_id LEFT JOIN alias a ON a.id = m.alias_id
	LEFT JOIN person p ON p.id = a.person_id
	WHERE version_text MATCH ? ORDER BY t.rowid DESC LIMIT ?
"""


class Costs(NamedTuple):
	"""Milliseconds of one search."""

	rowids: float
	texts: float
	rows: float
	ids: float
	"""Ours: which messages stand on the page, newest first, each once."""
	page: float
	"""Ours: the page with all its rows."""
	first: float
	"""Ours: the page, asked for the first time."""


def best(call: Callable[[], object], times: int = 5) -> float:
	"""Return the shortest run in milliseconds."""
	taken = []
	for _ in range(times):
		begun = time.perf_counter()
		call()
		taken.append(time.perf_counter() - begun)
	return min(taken) * 1000


def costs(council: Council, words: str, query: str) -> Costs:
	"""Measure one search beside its floors."""
	wanted = MessageFilter(search=words)

	def bare(statement: str) -> Callable[[], object]:
		def run() -> object:
			with council.archive.reading() as connection:
				return connection.exec_driver_sql(statement, (query, LIMIT)).fetchall()

		return run

	def ids() -> object:
		with council.archive.reading() as connection:
			return pages.page(connection, wanted, None, LIMIT)

	def page() -> object:
		return council.searching.page(wanted, limit=LIMIT)

	first = best(page, 1)
	return Costs(best(bare(ROWIDS)), best(bare(TEXTS)), best(bare(ROWS)), best(ids), best(page), first)


def total(measured: list[Costs]) -> Costs:
	"""Add up."""
	return Costs(*(sum(several) for several in zip(*measured, strict=True)))


def main(folder: Path, messages: int) -> None:
	"""Measure and print."""
	say = sys.stdout.write
	council = council_in(build(folder, messages))
	searching = council.searching
	say(f"{platform.node()} ({platform.machine()}, Python {platform.python_version()}), {messages:,} messages, ms\n")
	say(f"{'':20}" + "".join(f"{name:>9}" for name in Costs._fields) + "\n")
	measured = []
	for words, query in TYPICAL.items():
		measured.append(costs(council, words, query))
		say(f"{words:20}" + "".join(f"{one:9.2f}" for one in measured[-1]) + "\n")
	whole = total(measured)
	say(f"{'all together':20}" + "".join(f"{one:9.2f}" for one in whole) + "\n")
	say(f"ids of a page beside the index's rowids: {whole.ids / whole.rowids:.2f} times\n")
	say(f"a page with its rows beside a bare query of the same rows: {whole.page / whole.rows:.2f} times\n")
	say(f"a page with its rows beside the index's rowids alone: {whole.page / whole.rowids:.2f} times\n")
	for words in ("the", "drain", "culvert", "drain -flood", "mil*", "👍"):
		wanted = MessageFilter(search=words)
		several = (
			len(searching.ids(wanted)),
			best(lambda: searching.page(wanted), 2),  # noqa: B023 (called at once)
			best(lambda: searching.ids(wanted), 2),  # noqa: B023
			best(lambda: searching.ids(wanted, newest_first=True), 2),  # noqa: B023
			best(lambda: searching.facets(wanted), 1),  # noqa: B023
			best(lambda: searching.forms(words), 1),  # noqa: B023
			best(lambda: searching.ideas(wanted), 1),  # noqa: B023
			best(lambda: searching.not_searched(wanted), 1),  # noqa: B023
		)
		say(
			"{}: {:,} found; first screen {:.0f}, all ids {:.0f}, newest first {:.0f}, counts beside filters {:.0f},"
			" forms {:.0f}, ideas {:.0f}, not searched {:.0f}\n".format(words, *several)
		)
	say(f"counts beside filters, nothing typed: {best(lambda: searching.facets(MessageFilter()), 1):.0f}\n")
	council.close()


if __name__ == "__main__":
	main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else MESSAGES)
