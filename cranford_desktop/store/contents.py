"""What messages hold, to narrow a search by: photos, documents, links, polls …, as conditions in SQL."""

from collections.abc import Mapping

from cranford_desktop.domain.messages import Holding
from cranford_desktop.store.hits import Sql, link_messages

ENDINGS: Mapping[Holding, tuple[str, ...]] = {
	"photo": ("jpg", "jpeg", "png", "heic", "heif", "webp", "gif"),
	"video": ("mp4", "3gp", "mov"),
	"voice": ("opus", "m4a", "mp3", "ogg", "aac", "amr"),
	"contact": ("vcf",),
}
"""Kinds of file by the ending of their names; a name with any other ending is a document."""
KIND_OF_FILE = (
	"CASE "
	+ " ".join(
		"WHEN " + " OR ".join(f"{{name}} LIKE '%.{ending}'" for ending in endings) + f" THEN '{kind}'"
		for kind, endings in ENDINGS.items()
	)
	+ " ELSE 'document' END"
)
"""SQL: what a file is by its `{name}`."""
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
	if one in {*ENDINGS, "document"}:
		parts.append(f"m.id IN ({_MEDIA})")
		values = (one,)
	return Sql(f"({' OR '.join(parts)})", values)
