"""The wording of a request without its requester."""

import pytest

from cranford_desktop.domain.requester import requester_names
from cranford_desktop.policy_tables import load
from cranford_desktop.services.pack_building import PackBuilder


def told(wording: str, requester: str) -> str:
	builder = PackBuilder("FOI-2026-001", (), load().exemptions, "foi")
	return "".join("█" if piece.is_label else piece.text for piece in builder.wording(wording, requester))


@pytest.mark.parametrize(
	("wording", "expected"),
	[
		("I am Tom Green, write to tom@example.org or 07700 900999.", "I am █, write to █ or █."),
		("All about Mill Lane.\nRegards,\nTom", "All about Mill Lane.\nRegards,\n█"),
		("All about Green Lane. Thanks, Tom Green", "All about Green Lane. Thanks, █"),
		("Yours, T. Green", "Yours, █"),
		("Yours sincerely Mr T Green", "Yours sincerely █"),
		("My name is Tom", "My name is █"),
		("Did Tom Green or TOM\u00a0GREEN ask", "Did █ or █ ask"),
		("The green at Mill Lane", "The green at Mill Lane"),
		("", ""),
	],
)
def test_the_requester_is_taken_out_of_their_own_words(wording: str, expected: str) -> None:
	assert told(wording, "Mr Tom Green") == expected


def test_an_association_keeps_its_words_in_other_places() -> None:
	assert told("About Mill Lane, for Mill Lane Residents", "Mill Lane Residents") == "About Mill Lane, for █"
	assert told("About Mill Lane", "") == "About Mill Lane"


def test_a_requesters_names_are_the_whole_its_parts_and_without_title() -> None:
	assert set(requester_names("Mr Tom Green <tom@example.org>")) >= {"Mr Tom Green", "Tom Green", "tom@example.org"}
