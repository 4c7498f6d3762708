"""A request under another law keeps its work: nothing decided is lost, what has no counterpart is asked for."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.errors import NotFound, RefusedByPolicy
from cranford_desktop.policy_tables import find_exemption, load
from cranford_desktop.services.council import Council

DAY = date(2026, 11, 23)


@pytest.fixture
def worked(council: Council, chat: Callable[..., Path]) -> int:
	"""A request of three messages: one withheld as confidential, one as legal advice, a name covered up."""
	council.importing.import_file(
		chat(
			"02/11/2025, 09:01 - Ann: Mrs Potter rang about Mill Lane",
			"02/11/2025, 09:02 - Ben: The solicitor says wait with Mill Lane",
			"02/11/2025, 09:03 - Ann: The grant for Mill Lane is promised",
		),
		group="Drains",
	)
	known = council.requests.create(regime="foi", received=DAY, requester="Tom Green", wording="Mill Lane").id
	council.gathering.gather(known, MessageFilter())
	council.gathering.confirm_set(known)
	first, second, third = (one.row.id for one in council.deciding.candidates(known))
	council.deciding.decide(known, [first], "release")
	council.deciding.decide(known, [second], "withhold", exemption="s42", reason="Advice of Mrs Potter's lawyer")
	council.deciding.decide(known, [third], "withhold", exemption="s22", public_interest="None", balance="Later")
	council.redacting.redact(known, "text", "Potter", "s40(2)", reason="A resident")
	return known


def codes(council: Council, known: int) -> tuple[list[str | None], list[str]]:
	decided = [one.decision.exemption for one in council.deciding.candidates(known) if one.decision]
	return decided, [one.exemption for one in council.redacting.redactions(known)]


def test_counterparts_are_offered_and_the_rest_keeps_its_words_and_stops_the_pack(
	council: Council, worked: int
) -> None:
	law = council.changing_law
	assert [(one.code, one.decisions, one.redactions, one.counterpart) for one in law.in_use(worked, "eir")] == [
		("s22", 1, 0, None),
		("s40(2)", 0, 1, "reg 13"),
		("s42", 1, 0, "reg 12(5)(b)"),
	]
	assert law.due_under(worked, "sar") == date(2026, 12, 23)
	offered = {one.code: one.counterpart for one in law.in_use(worked, "eir") if one.counterpart}
	law.change(worked, "eir", DAY, "It is about a drain", offered)
	assert council.requests.get(worked).regime == "eir"
	assert council.requests.get(worked).reference == "FOI-2026-001", "a reference is given once"
	assert codes(council, worked) == ([None, "reg 12(5)(b)", "s22"], ["reg 13"])
	third = council.deciding.candidates(worked)[2].decision
	assert third is not None
	assert (third.choice, third.balance) == ("withhold", "Later")
	assert [one.code for one in law.without_reason(worked)] == ["s22"]
	with pytest.raises(RefusedByPolicy, match="rests on another law"):
		council.disclosing.make_pack(worked)
	law.give_reasons(worked, {"s22": "reg 12(4)(d)"})
	assert law.without_reason(worked) == []
	assert council.disclosing.make_pack(worked).withheld == 2


def test_a_change_of_law_that_is_taken_back_leaves_everything_as_it_was(council: Council, worked: int) -> None:
	before = codes(council, worked)
	made = council.changing_law.change(worked, "eir", DAY, "", {"s42": "reg 12(5)(b)", "s40(2)": "reg13"})
	assert codes(council, worked) == ([None, "reg 12(5)(b)", "s22"], ["reg 13"])
	council.request_events.take_back(made.id)
	assert codes(council, worked) == before
	assert council.requests.get(worked).regime == "foi"
	assert council.disclosing.make_pack(worked).withheld == 2


def test_what_was_decided_anew_meanwhile_stays(council: Council, worked: int) -> None:
	made = council.changing_law.change(worked, "eir", DAY, "", {"s42": "reg 12(5)(b)"})
	second = council.deciding.candidates(worked)[1].row.id
	council.deciding.decide(worked, [second], "release")
	council.request_events.take_back(made.id)
	decision = council.deciding.candidates(worked)[1].decision
	assert decision is not None
	assert (decision.choice, decision.exemption) == ("release", None)


def test_a_law_that_does_not_fit_is_refused(council: Council, worked: int) -> None:
	law = council.changing_law
	with pytest.raises(RefusedByPolicy, match="that law already"):
		law.change(worked, "foi", DAY)
	with pytest.raises(RefusedByPolicy, match="in the future"):
		law.change(worked, "eir", date(2026, 11, 24))
	with pytest.raises(NotFound):
		law.change(worked, "eir", DAY, "", {"s42": "s99"})
	assert council.requests.get(worked).regime == "foi"
	assert codes(council, worked)[0] == [None, "s42", "s22"]
	council.requests.mark_answered(worked, DAY)
	with pytest.raises(RefusedByPolicy, match="not open"):
		law.change(worked, "eir", DAY)


def test_the_record_of_actions_tells_the_laws_and_no_words(council: Council, worked: int) -> None:
	council.changing_law.change(worked, "sar", DAY, "Mrs Potter asks about herself")
	with council.archive.reading() as connection:
		told = "\n".join(str(row) for row in connection.exec_driver_sql("SELECT action, detail FROM ledger"))
	assert "changed the law" in told
	assert "Potter" not in told


def test_counterparts_name_exemptions_that_there_are() -> None:
	tables = load()
	for one in tables.counterparts:
		assert len(one) > 1
		for regime, code in one.items():
			assert find_exemption(tables, code, regime).code == code


def test_more_time_under_one_law_is_none_under_another(council: Council, worked: int) -> None:
	council.request_events.extend(worked, DAY, ground="s22", until=date(2027, 1, 8))
	council.changing_law.change(worked, "eir", DAY)
	assert council.requests.get(worked).due == date(2026, 12, 22)
	council.request_events.extend(worked, DAY, complex_=True, voluminous=True)
	assert council.requests.get(worked).due == date(2027, 1, 25)
