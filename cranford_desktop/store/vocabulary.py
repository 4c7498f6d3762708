"""The words that the archive holds, as they are written in its messages and in its files, with how often."""

import json
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from cranford_desktop.store.stems import stem

_LAST = "\U0010ffff"
_BETWEEN = """
	SELECT term, sum(doc) FROM (
		SELECT term, doc FROM version_term WHERE term >= ?1 AND term < ?2
		UNION ALL SELECT term, doc FROM file_term WHERE term >= ?1 AND term < ?2
	) GROUP BY term
"""
_THESE = """
	SELECT term, sum(doc) FROM (
		SELECT v.term, v.doc FROM json_each(?1) wanted CROSS JOIN version_term v ON v.term = wanted.value
		UNION ALL SELECT f.term, f.doc FROM json_each(?1) wanted CROSS JOIN file_term f ON f.term = wanted.value
	) GROUP BY term
"""
_STEMS = """
	SELECT v.term, v.doc FROM json_each(?) wanted CROSS JOIN version_stem v ON v.term = wanted.value
"""


def same_stem(c: Connection, word: str) -> dict[str, int]:
	"""Return the archive's words that have the stem of a folded word, with the number of texts that hold each."""
	shared = stem(word)
	# A stem differs from its words in its last letter at most: "happy", "happi".
	begins = shared[:-1] if len(shared) > 1 else shared
	rows = c.exec_driver_sql(_BETWEEN, (begins, begins + _LAST))
	return {row[0]: int(row[1]) for row in rows if stem(row[0]) == shared}


def texts_with(c: Connection, words: Iterable[str]) -> dict[str, int]:
	"""Return how many texts hold each of some folded words; those that none holds are left out."""
	return {row[0]: int(row[1]) for row in c.exec_driver_sql(_THESE, (json.dumps(sorted(set(words))),))}


def texts_with_stems(c: Connection, stems: Iterable[str]) -> dict[str, int]:
	"""Return how many versions hold a word of each of some stems."""
	return {row[0]: int(row[1]) for row in c.exec_driver_sql(_STEMS, (json.dumps(sorted(set(stems))),))}


def texts_of(c: Connection, ids: Sequence[int]) -> list[str]:
	"""Return the texts of some messages as they are shown and searched, the names of their files with them."""
	return [
		row[0]
		for row in c.exec_driver_sql(
			"SELECT v.normal FROM json_each(?) wanted CROSS JOIN message m ON m.id = wanted.value"
			" JOIN version v ON v.id = m.shown_version_id",
			(json.dumps(list(ids)),),
		)
	]
