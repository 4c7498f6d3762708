"""What becomes of one photo or file of a message, decided apart from its words."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
	from cranford_desktop.domain.disclosure import Decision
	from cranford_desktop.domain.messages import Attachment

MediaChoice = Literal["release", "withhold", "not_in_scope"]
MEDIA_CHOICES: tuple[MediaChoice, ...] = ("release", "withhold", "not_in_scope")


class MediaDecision(NamedTuple):
	"""A decision on one file of a message, known by its content."""

	sha256: str
	choice: MediaChoice
	exemption: str | None = None
	reason: str | None = None


def medium_of(one: "Attachment", decision: "Decision | None", media: Sequence[MediaDecision]) -> MediaDecision | None:
	"""Return what becomes of a file: its own decision, else the message's for all its files; None: nobody decided.

	Counts for messages whose words are released; the files of any other go the way of their message.
	"""
	for known in media:
		if known.sha256 == one.sha256:
			return known
	if decision is not None and decision.choice == "release" and decision.with_media and one.sha256:
		return MediaDecision(one.sha256, "release")
	return None
