"""What is held of each phone by month, and what is not held."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from cranford_desktop.domain.coverage import Finding, PhoneCoverage
from cranford_desktop.domain.holdings import CUT_OFF, JOINED, MIDWAY, preview_findings
from cranford_desktop.errors import CranfordError, NotFound
from cranford_desktop.services.council import Council
from cranford_desktop.store import ledger

Chat = Callable[..., Path]
GROUP = "Test group"
START = (
	"01/03/2025, 08:00 - Messages and calls are end-to-end encrypted. No one outside of this chat, not even "
	"WhatsApp, can read or listen to them. Tap to learn more."
)
ON = (
	"02/04/2025, 10:00 - Ann Example turned on disappearing messages. New messages will disappear from this chat 7 "
	"days after they're sent, except when kept. Tap to change."
)
MADE = '01/03/2025, 08:00 - Ann Example created group "Test group"'


def lines(first: date, days: int, *, every: int = 1, skip: tuple[date, date] | None = None) -> list[str]:
	"""Return one message a day, written by Ben, that every phone shows alike."""
	found = []
	for number in range(0, days, every):
		day = first + timedelta(days=number)
		if skip is None or not skip[0] <= day <= skip[1]:
			found.append(f"{day:%d/%m/%Y}, 09:00 - Ben Sample: Note {day.isoformat()}")
	return found


def take(council: Council, chat: Chat, phone: str, *said: str, group: str = GROUP) -> None:
	path = chat(*said, name=f"{phone}.txt")
	council.importing.import_file(path, group=group, phone=phone)


def phone_of(council: Council, name: str) -> PhoneCoverage:
	(group,) = council.holdings.coverage()
	return next(one for one in group.phones if one.phone == name)


def kinds(council: Council) -> list[str]:
	return [one.kind for one in council.holdings.findings()]


def of_kind(council: Council, kind: str) -> Finding:
	(found,) = [one for one in council.holdings.findings() if one.kind == kind]
	return found


def test_nothing_is_held_and_nothing_missing_in_an_empty_archive(council: Council) -> None:
	assert council.holdings.coverage() == []
	assert council.holdings.findings() == []


def test_months_count_each_message_once_however_often_a_phone_exports(council: Council, chat: Chat) -> None:
	take(council, chat, "Phone A", START, MADE, *lines(date(2025, 3, 1), 45))
	path = chat(START, MADE, *lines(date(2025, 3, 1), 60), name="later.txt")
	council.importing.import_file(path, group=GROUP, phone="Phone A")
	(group,) = council.holdings.coverage()
	phone = phone_of(council, "Phone A")
	assert phone.months == {(2025, 3): 33, (2025, 4): 29}
	assert group.months == phone.months
	assert group.messages == 62
	assert (phone.before, phone.after, phone.gaps) == ("", "", ())
	assert (phone.only_here, group.on_one_phone) == (60, 60)


def test_two_phones_are_counted_apart_and_together(council: Council, chat: Chat) -> None:
	take(council, chat, "Phone A", START, MADE, *lines(date(2025, 3, 1), 60))
	take(council, chat, "Phone B", *lines(date(2025, 4, 1), 60))
	(group,) = council.holdings.coverage()
	a, b = phone_of(council, "Phone A"), phone_of(council, "Phone B")
	assert (a.only_here, b.only_here, group.on_one_phone) == (31, 31, 62)
	assert (a.after, b.before) == ("No newer export", MIDWAY)
	assert b.first == datetime(2025, 4, 1, 9, 0)


@pytest.mark.parametrize(
	("opening", "before"),
	[
		((START, MADE), ""),
		((START,), ""),
		(("05/04/2025, 07:00 - Ann Example added you",), JOINED),
		((START, MADE, "05/04/2025, 07:00 - Ann Example added you"), JOINED),
		((START, MADE, "01/03/2025, 08:05 - Ann Example added you"), ""),
		(("05/04/2025, 07:00 - Ann Example added Cara Test",), MIDWAY),
		((), MIDWAY),
	],
)
def test_the_first_lines_tell_how_a_phone_begins(
	council: Council, chat: Chat, opening: tuple[str, ...], before: str
) -> None:
	take(council, chat, "Phone B", *opening, *lines(date(2025, 4, 5), 20))
	assert phone_of(council, "Phone B").before == before
	assert ("starts_midway" in kinds(council)) == (before == MIDWAY)


def test_an_export_at_the_limit_that_begins_midway_is_cut_off(council: Council, chat: Chat) -> None:
	at = datetime(2024, 1, 1, 8, 0)
	said = [f"{at + timedelta(minutes=7 * n):%d/%m/%Y, %H:%M} - Ben Sample: Note {n}" for n in range(39_990)]
	take(council, chat, "Phone A", *said)
	assert phone_of(council, "Phone A").before == CUT_OFF
	found = of_kind(council, "capped")
	assert (found.step, found.since, found.phone) == ("ask_older", date(2024, 1, 1), "Phone A")
	assert "cut off" in found.title
	take(council, chat, "Phone B", *said[1:], group="Another group")
	assert "starts_midway" in kinds(council)


def test_weeks_that_another_phone_shows_are_a_gap_with_what_is_missed(council: Council, chat: Chat) -> None:
	away = (date(2025, 3, 20), date(2025, 4, 10))
	take(council, chat, "Phone A", START, MADE, *lines(date(2025, 3, 1), 90))
	take(council, chat, "Phone B", START, MADE, *lines(date(2025, 3, 1), 90, skip=away))
	(gap,) = phone_of(council, "Phone B").gaps
	assert (gap.start, gap.end, gap.missed) == (*away, 22)
	assert phone_of(council, "Phone A").gaps == ()
	found = of_kind(council, "gap")
	assert (found.since, found.until, found.count) == (*away, 22)


def test_a_few_days_without_a_message_are_no_gap(council: Council, chat: Chat) -> None:
	away = (date(2025, 3, 20), date(2025, 3, 25))
	take(council, chat, "Phone A", START, MADE, *lines(date(2025, 3, 1), 90))
	take(council, chat, "Phone B", START, MADE, *lines(date(2025, 3, 1), 90, skip=away))
	assert "gap" not in kinds(council)


def test_one_phone_alone_is_asked_about_an_unusual_silence_only(council: Council, chat: Chat) -> None:
	away = (date(2025, 6, 1), date(2025, 8, 1))
	take(council, chat, "Phone A", START, MADE, *lines(date(2025, 3, 1), 300, skip=away))
	found = of_kind(council, "gap")
	assert (found.since, found.until, found.count) == (*away, 0)
	assert "quiet" in found.detail


def test_a_slow_chat_has_no_unusual_silence(council: Council, chat: Chat) -> None:
	take(council, chat, "Phone A", START, MADE, *lines(date(2022, 3, 1), 1200, every=30))
	assert "gap" not in kinds(council)


def test_settings_that_lose_messages_count_while_they_are_on(council: Council, chat: Chat) -> None:
	privacy = "03/04/2025, 10:00 - Ann Example turned on advanced chat privacy. Tap to learn more."
	off = "04/04/2025, 10:00 - Ann Example turned off disappearing messages. Tap to change."
	before, after = lines(date(2025, 3, 1), 20), lines(date(2025, 4, 5), 10)
	take(council, chat, "Phone A", START, MADE, *before, ON, privacy, *after)
	assert of_kind(council, "disappearing_on").since == date(2025, 4, 2)
	assert of_kind(council, "privacy_on").step == "ask_settings"
	take(council, chat, "Phone B", START, MADE, *before, ON, privacy, off, *after)
	assert "disappearing_on" not in kinds(council)
	assert "privacy_on" in kinds(council)


def test_photos_that_no_export_carried_are_counted(council: Council, chat: Chat) -> None:
	said = [f"0{n}/04/2025, 10:00 - Ben Sample: <Media omitted>" for n in range(1, 4)]
	take(council, chat, "Phone A", START, MADE, *said)
	found = of_kind(council, "media_missing")
	assert (found.count, found.phone, found.step) == (3, "Phone A", "import_media")


def test_members_in_office_without_a_recent_export_are_named(council: Council, chat: Chat) -> None:
	take(council, chat, "Ann's phone", START, MADE, *lines(date(2026, 10, 1), 50))
	ann = council.people.name_sender("Ben Sample", "Ben Sample", "Councillor")
	found = of_kind(council, "not_exported")
	assert (found.person_id, found.since) == (ann, None)
	council.people.set_term(ann, "Councillor", date(2019, 5, 1), date(2026, 5, 1))
	assert "not_exported" not in kinds(council)


def test_a_finding_put_aside_stays_aside_and_comes_back(council: Council, chat: Chat) -> None:
	take(council, chat, "Phone A", *lines(date(2025, 3, 1), 20))
	key = of_kind(council, "starts_midway").key
	with pytest.raises(CranfordError):
		council.holdings.dismiss(key, "  ")
	council.holdings.dismiss(key, "He has a new phone")
	assert "starts_midway" not in kinds(council)
	(aside,) = [one for one in council.holdings.findings(with_dismissed=True) if one.dismissed]
	assert (aside.key, council.holdings.reason(key)) == (key, "He has a new phone")
	council.holdings.bring_back(key)
	council.holdings.list_it(key)
	assert [one.key for one in council.holdings.listed()] == [key]
	council.holdings.bring_back(key)
	assert council.holdings.listed() == []
	with pytest.raises(NotFound):
		council.holdings.bring_back(key)
	with pytest.raises(NotFound):
		council.holdings.list_it("gap:9:9:2020-01-01")
	with council.archive.reading() as connection:
		told = [one for one in ledger.entries(connection) if "finding" in one.action]
	assert [one.detail for one in told] == [{"kind": "starts_midway"}] * 4


def test_a_preview_shows_the_same_before_anything_is_written(council: Council, chat: Chat) -> None:
	path = chat(
		"A line from nowhere", *lines(date(2025, 3, 1), 40), ON, "05/04/2025, 10:00 - Ben Sample: <Media omitted>"
	)
	preview = council.importing.preview(path, group=GROUP)
	found = {one.kind: one for one in preview_findings(preview.read, council.tables.holdings)}
	assert set(found) == {"starts_midway", "disappearing_on", "media_missing", "unread"}
	assert found["disappearing_on"].since == date(2025, 4, 2)
	shown = council.holdings.with_previews(GROUP, [preview])
	assert (shown.phones[0].before, shown.months[2025, 3]) == (MIDWAY, 31)
	council.importing.import_file(path, group=GROUP)
	held = {one.kind: one.since for one in council.holdings.findings()}
	assert all(held[kind] == one.since for kind, one in found.items())
