"""Asking members for their exports, their answers, the yearly return."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from cranford_desktop.errors import CranfordError, NotFound
from cranford_desktop.policy_tables import load
from cranford_desktop.services.clock import standing_clock
from cranford_desktop.services.council import Council, open_council
from cranford_desktop.store import ledger

Chat = Callable[..., Path]
GROUP = "Test group"


@pytest.fixture
def people(council: Council, chat: Chat) -> dict[str, int]:
	"""Three members who wrote, one of whom has exported; their numbers by name."""
	path = chat(
		"20/11/2026, 09:00 - Ann Example: One",
		"20/11/2026, 09:01 - Ben Sample: Two",
		"20/11/2026, 09:02 - Cara Test: Three",
	)
	council.importing.import_file(path, group=GROUP, phone="Ann Example's phone")
	names = (("Ann Example", "Chairman"), ("Ben Sample", "Councillor"), ("Cara Test", "Clerk"))
	return {name: council.people.name_sender(name, name, role) for name, role in names}


def test_who_has_not_exported_is_behind(council: Council, people: dict[str, int]) -> None:
	found = {one.name: one for one in council.asking.members()}
	assert {name: one.behind for name, one in found.items()} == {
		"Ann Example": False,
		"Ben Sample": True,
		"Cara Test": True,
	}
	assert found["Ann Example"].last_export == date(2026, 11, 23)
	assert found["Ben Sample"].last_export is None


def test_a_nil_return_is_an_answer_for_as_long_as_an_export_would_be(council: Council, people: dict[str, int]) -> None:
	ben, cara = people["Ben Sample"], people["Cara Test"]
	old, new = council.asking.record("export", [ben, cara], [GROUP], "email", on=date(2026, 1, 5))

	def told() -> dict[int | None, str]:
		return {one.person_id: one.detail for one in council.holdings.findings() if one.kind == "not_exported"}

	assert "Asked on 5 January 2026; the answer is still to come." in told()[ben]
	council.asking.reply(old, "nothing_held", date(2026, 1, 9))
	council.asking.reply(new, "nothing_held", date(2026, 11, 20))
	assert {one.person_id for one in council.asking.members() if one.behind} == {ben}
	assert "Asked on" not in told()[ben]
	assert cara not in told()


@pytest.mark.parametrize("kind", ["export", "older", "settings", "yearly"])
def test_every_letter_names_member_group_day_and_duty(council: Council, people: dict[str, int], kind: str) -> None:
	draft = council.asking.draft(kind, people["Ben Sample"], [GROUP, "Events"], due=date(2026, 12, 18))  # type: ignore[arg-type]
	whole = f"{draft.subject}\n{draft.body}"
	assert draft.to == "Ben Sample"
	for words in ("Dear Ben Sample,", "Friday 18 December 2026", "Do not delete", "section 77", "Test Parish Council"):
		assert words in whole
	assert "{" not in whole
	assert (kind == "yearly") or "“Test group” and “Events”" in whole
	assert "[ ] " in draft.body


def test_the_duty_is_said_exactly(council: Council, people: dict[str, int]) -> None:
	body = council.asking.draft("export", people["Ben Sample"], [GROUP]).body
	assert "turn off disappearing messages" in body
	assert "Once somebody has asked for information" in body
	assert "with the intention of preventing its disclosure is an offence" in body
	assert "nil return" in body


def test_nobody_unknown_is_written_to(council: Council) -> None:
	with pytest.raises(NotFound):
		council.asking.draft("export", 99, [GROUP])
	with pytest.raises(NotFound):
		council.asking.record("export", [99], [GROUP], "email", on=date(2026, 11, 23))
	assert council.asking.asks() == []


def test_an_ask_waits_until_it_is_answered_and_the_last_answer_counts(council: Council, people: dict[str, int]) -> None:
	ben, cara = people["Ben Sample"], people["Cara Test"]
	first, second = council.asking.record(
		"export", [ben, cara, ben], [GROUP], "letter", on=date(2026, 11, 2), due=date(2026, 11, 16)
	)
	assert {one.id for one in council.asking.late()} == {first, second}
	council.asking.reply(first, "will_do", date(2026, 11, 10))
	council.asking.reply(second, "nothing_held", date(2026, 11, 12), "New phone in May")
	assert [one.id for one in council.asking.asks(waiting_only=True)] == [first]
	council.asking.reply(first, "exported", date(2026, 11, 20))
	assert council.asking.late() == []
	held = {one.id: one for one in council.asking.asks()}
	assert (held[first].reply, held[first].replied_on) == ("exported", date(2026, 11, 20))
	assert (held[second].note, held[second].how, held[second].groups) == ("New phone in May", "letter", (GROUP,))


@pytest.mark.parametrize(
	("on", "due", "who"),
	[
		(date(2026, 11, 24), None, True),
		(date(2026, 11, 20), date(2026, 11, 19), True),
		(date(2026, 11, 20), None, False),
	],
)
def test_what_cannot_be_is_not_recorded(
	council: Council, people: dict[str, int], on: date, due: date | None, who: bool
) -> None:
	with pytest.raises(CranfordError):
		council.asking.record("export", [people["Ben Sample"]] if who else [], [GROUP], "email", on=on, due=due)
	assert council.asking.asks() == []


def test_the_yearly_return_holds_every_member_and_who_was_asked_then(council: Council, people: dict[str, int]) -> None:
	ben, cara = people["Ben Sample"], people["Cara Test"]
	made = council.asking.record("yearly", [ben, cara], [GROUP], "email", on=date(2026, 5, 4), due=date(2026, 5, 30))
	council.asking.reply(made[0], "nothing_held", date(2026, 5, 9))
	council.people.set_term(ben, "Councillor", date(2019, 5, 1), date(2026, 9, 1))
	found = {one.person: one for one in council.asking.member_return(2026).lines}
	assert list(found) == ["Ann Example", "Ben Sample", "Cara Test"]
	assert (found["Ben Sample"].reply, found["Ben Sample"].replied_on) == ("nothing_held", date(2026, 5, 9))
	assert (found["Cara Test"].asked_on, found["Cara Test"].reply) == (date(2026, 5, 4), None)
	assert found["Ann Example"].last_export == date(2026, 11, 23)
	assert [one.asked_on for one in council.asking.member_return(2025).lines] == [None, None]


def test_home_names_an_answer_that_is_late(council: Council, people: dict[str, int]) -> None:
	council.asking.record("export", [people["Ben Sample"]], [GROUP], "email", on=date(2026, 11, 2))
	assert not any(one.key == "asks" for one in council.home.page().items)
	council.asking.record(
		"export", [people["Ben Sample"]], [GROUP], "email", on=date(2026, 11, 2), due=date(2026, 11, 16)
	)
	(item,) = [one for one in council.home.page().items if one.key == "asks"]
	assert (item.due, item.target) == (date(2026, 11, 16), "import:asks")


def test_home_asks_for_the_return_in_its_month_until_somebody_was_asked(
	council: Council, people: dict[str, int], tmp_path: Path
) -> None:
	assert council.asking.return_to_ask() is None
	council.close()
	may = standing_clock(datetime(2027, 5, 3, 10, 0))
	later = open_council(tmp_path / "archive", None, clock=may, tables=load())
	try:
		assert any(one.target == "import:return" for one in later.home.page().items)
		later.asking.record("yearly", [people["Ben Sample"]], [GROUP], "email", on=date(2027, 5, 3))
		assert later.asking.return_to_ask() is None
	finally:
		later.close()


def test_home_names_what_is_on_the_list(council: Council, people: dict[str, int]) -> None:
	key = next(one.key for one in council.holdings.findings() if one.kind == "not_exported")
	council.holdings.list_it(key)
	(item,) = [one for one in council.home.page().items if one.key == "holdings"]
	assert item.target == "import:missing"


def test_the_record_of_actions_names_nobody(council: Council, people: dict[str, int]) -> None:
	(ask,) = council.asking.record("older", [people["Ben Sample"]], [GROUP], "email", on=date(2026, 11, 2))
	council.asking.reply(ask, "refused", date(2026, 11, 3), "Ben says no")
	with council.archive.reading() as connection:
		told = [
			dict(one.detail)
			for one in ledger.entries(connection)
			if one.action in ("asked members", "recorded a reply")
		]
	assert told == [{"kind": "older", "asks": [ask], "how": "email"}, {"ask": ask, "reply": "refused"}]
