"""What messages hold, to narrow a search by: photos, documents, links, polls …, as conditions in SQL."""

from collections.abc import Mapping
from typing import get_args

from cranford_desktop.domain.files import FileSort, file_sort
from cranford_desktop.domain.messages import Holding
from cranford_desktop.store.hits import Sql, link_messages
from cranford_desktop.store.media_types import endings, media_type

_SORTS: Mapping[str, FileSort] = {ending: file_sort(media_type(f"file.{ending}")) for ending in endings()}
_ENDING = "lower(substr({name}, length(rtrim({name}, replace({name}, '.', ''))) + 1))"
KIND_OF_FILE = (
	f"CASE WHEN instr({{name}}, '.') = 0 THEN 'document' ELSE CASE {_ENDING} "
	+ " ".join(f"WHEN '{ending}' THEN '{sort}'" for ending, sort in _SORTS.items() if sort != "document")
	+ " ELSE 'document' END END"
)
"""SQL: what a file is to the clerk by its `{name}`, as `file_sort` says."""
_MEDIA = (
	"SELECT o.message_id FROM observation o INDEXED BY ix_observation_media"
	" WHERE o.is_media = 1 AND o.media_name IS NOT NULL AND " + KIND_OF_FILE.format(name="o.media_name") + " = ?"
)
_ON_MESSAGE: Mapping[Holding, str] = {
	"poll": "m.kind = 'poll'",
	"location": "m.kind = 'location'",
	"contact": "m.kind = 'contact'",
	"edited": "m.edited = 1",
	"deleted": "m.deleted = 1",
}


def holds(one: Holding) -> Sql:
	"""Return the condition that message `m` holds something, as shown or as any export shows it."""
	if one == "link":
		links = link_messages()
		return Sql(f"m.id IN ({links.text})", links.values)
	parts: list[str] = []
	values: tuple[str, ...] = ()
	if one in _ON_MESSAGE:
		parts.append(_ON_MESSAGE[one])
	if one in get_args(FileSort):
		parts.append(f"m.id IN ({_MEDIA})")
		values = (one,)
	return Sql(f"({' OR '.join(parts)})", values)
