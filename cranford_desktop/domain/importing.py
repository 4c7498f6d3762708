"""What the clerk is shown of an export before anything is written."""

from dataclasses import dataclass
from pathlib import Path

from cranford_desktop.domain.messages import ReadExport, Receipt


@dataclass(frozen=True, slots=True)
class Preview:
	"""An export that was read and compared with the archive. Nothing has been written."""

	path: Path
	read: ReadExport
	group: str | None
	"""The registered group it belongs to; None: an unknown chat, which is asked about."""
	phone: str
	"""The phone whose earlier export it continues, else "Phone n"."""
	new: int
	"""How many of its messages the archive does not hold yet."""
	past_six_years: int
	already_imported: Receipt | None
	problem: str | None
	"""Why it cannot be taken as it is: an export of a second phone of the same group."""

	@property
	def messages(self) -> int:
		"""Records that a person sent."""
		return sum(record.kind != "system" for record in self.read.records)

	@property
	def media(self) -> int:
		"""Records that carry an attachment, present or not."""
		return sum(record.is_media for record in self.read.records)
