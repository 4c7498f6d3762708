"""A pack beside the earlier ones of its request."""

from cranford_desktop.documents.leak_versions import taken_back
from cranford_desktop.domain.disclosure import PackContent
from cranford_desktop.services.pack_files import DISCLOSURE
from cranford_desktop.store import casebook
from cranford_desktop.store.archive import Archive


def said_more(archive: Archive, request_id: int, content: PackContent) -> list[tuple[int, tuple[str, ...]]]:
	"""Return the earlier packs that released words which `content` leaves out, with the messages' references."""
	found: list[tuple[int, tuple[str, ...]]] = []
	if not request_id:
		return found
	with archive.reading() as connection:
		for record in casebook.packs(connection, request_id):
			for path, file_id in casebook.pack_files(connection, request_id, record.number).items():
				if path.startswith(f"{DISCLOSURE}/") and path.endswith("-schedule.xlsx"):
					references = taken_back(archive.files.read_all(connection, file_id), content)
					found += [(record.number, references)] if references else []
	return found
