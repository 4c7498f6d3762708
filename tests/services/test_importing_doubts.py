"""What phones show of one message on weak evidence: joined, said, and marked where the message is looked at."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cranford_desktop.domain.messages import MessageDetail, MessageFilter
from cranford_desktop.services.council import Council

LATE = "I wrote this on the train without a signal"
EVE = (
	"13/03/2024, 19:00 - +44 7700 900100: reply about the agenda",
	f"13/03/2024, 19:56 - Eve Brook: {LATE}",
	"14/03/2024, 01:08 - +44 7700 900101: the hall and the pond, a quote",
)
BOB = (
	f"14/03/2024, 00:57 - +44 7700 900103: {LATE}",
	"14/03/2024, 01:08 - Bob Fielding: the hall and the pond, a quote",
	"14/03/2024, 01:09 - +44 7700 900104: budget for the hall",
)


def doubts(council: Council) -> list[list[tuple[str, bool]]]:
	found: list[MessageDetail] = list(council.browsing.details(MessageFilter()))
	return [[(seen.phone, seen.doubtful) for seen in one.observations] for one in found if one.row.text == LATE]


@pytest.mark.parametrize("later_first", [False, True])
def test_a_doubtful_join_is_counted_and_shown(council: Council, chat: Callable[..., Path], later_first: bool) -> None:
	files = {"Eve": EVE, "Bob": BOB}
	receipts = {}
	for phone in ("Bob", "Eve") if later_first else ("Eve", "Bob"):
		path = chat(*files[phone], name=f"WhatsApp Chat with Test group {phone}.txt")
		receipts[phone] = council.importing.import_file(path, group="Test group", phone=phone)
	assert doubts(council) == [[("Eve", False), ("Bob", True)]]
	if not later_first:
		assert receipts["Bob"].doubtful == 1
		assert any("likely, but not certainly" in words for words in receipts["Bob"].warnings)
	assert not any("likely" in words for words in receipts["Eve"].warnings)
