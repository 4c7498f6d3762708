"""The figures of a year's requests: each number is that of the requests behind it, and no name is in them."""

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.request_statistics import YearFigures
from cranford_desktop.errors import ProblemWithFile
from cranford_desktop.services.council import Council
from tests.services.requests_support import LETTERHEAD, ledger, pdf_text, record, thistlemere

TODAY = date(2026, 11, 23)


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Council]:
	made = thistlemere(tmp_path)
	yield made
	made.close()


def numbers(found: YearFigures) -> dict[str, list[int]]:
	return {f"{part.title}: {one.name}": list(one.requests) for part in found.sections for one in part.figures}


def withheld(council: Council, *, all_of_it: bool) -> int:
	made = record(council)
	council.gathering.gather(made, MessageFilter(search='"mill lane"'))
	council.gathering.confirm_set(made)
	ids = [one.row.id for one in council.deciding.candidates(made)]
	council.deciding.decide(made, ids, "release")
	some = ids if all_of_it else ids[:1]
	council.deciding.decide(made, some, "withhold", exemption="s42", reason="x", public_interest="x", balance="x")
	council.disclosing.make_pack(made)
	council.requests.mark_answered(made, date(2026, 11, 12))
	return made


@pytest.fixture
def year(council: Council) -> dict[str, int]:
	"""Requests that ended in every way."""
	made = {"part": withheld(council, all_of_it=False), "refused": withheld(council, all_of_it=True)}
	made["not_held"] = record(council, "eir")
	council.without_archive.confirm(made["not_held"], "other_subject")
	council.requests.mark_answered(made["not_held"], date(2026, 11, 4))
	made["cost"] = record(council)
	council.letters.answer(made["cost"], {"cost_estimate": "30 hours.", "cost_help": "One year."})
	council.letters.mark_sent(council.letters.situation(made["cost"]), "cost", on=TODAY, how="email")
	late = council.requests.create(regime="foi", received=date(2026, 10, 1), requester="Zed Quill", wording="Late")
	council.requests.mark_answered(late.id, TODAY)
	made["late"] = late.id
	made["open"] = record(council, "sar")
	council.time_log.add(made["open"], "locate", 90, on=TODAY)
	council.time_log.estimate(made["open"], "locate", 600)
	overdue = council.requests.create(regime="foi", received=date(2026, 10, 1), requester="", wording="Overdue")
	made["overdue"] = overdue.id
	last = council.requests.create(regime="foi", received=date(2025, 10, 1), requester="", wording="Last year")
	council.letters.answer(last.id, LETTERHEAD)
	made["review"] = council.reviews.start(made["part"], asked_on=TODAY, wording="", reviewer="panel")
	council.reviews.decide(made["review"], "partly", "More was found.")
	council.reviews.regulator_asked(made["refused"], TODAY)
	return made


def test_every_number_is_that_of_its_requests(council: Council, year: dict[str, int]) -> None:
	found = numbers(council.statistics.of(2026))
	assert set(found["Requests that arrived: Freedom of information"]) == {
		year[one] for one in ("part", "refused", "cost", "late", "overdue")
	}
	assert found["Requests that arrived: Environmental information"] == [year["not_held"]]
	assert found["Requests that arrived: Subject access"] == [year["open"]]
	assert found["Requests that arrived: Internal reviews"] == [year["review"]]
	assert found["On time or late: Answered late"] == [year["late"]]
	assert found["On time or late: Open, overdue"] == [year["overdue"]]
	assert set(found["On time or late: Open, in time"]) == {year["open"], year["review"]}
	assert found["What was answered: Given in part"] == [year["part"]]
	assert set(found["What was answered: Refused"]) == {year["refused"], year["cost"]}
	assert found["What was answered: Not held"] == [year["not_held"]]
	assert found["What was answered: Outcome not on record"] == [year["late"]]
	assert found["Reviews and the regulator: Partly upheld"] == [year["review"]]
	assert found["Reviews and the regulator: Complaints to the regulator"] == [year["refused"]]
	assert council.statistics.years() == [2026, 2025]
	assert sum(map(len, numbers(council.statistics.of(2025)).values())) == 2, "it arrived, and it is overdue"


def test_averages_count_working_days_and_time_that_was_spent(council: Council, year: dict[str, int]) -> None:
	facts = dict(council.statistics.of(2026).facts)
	# 7 for two packs, 1 for the one of the next day, 14 by cost, 37 for the late one
	assert facts["Average time to answer, FOI and EIR"] == f"{(7 + 7 + 1 + 14 + 37) / 5:.1f} working days"
	assert facts["Time on record"] == "1.5 hours"


def test_the_files_say_the_same_without_a_name(council: Council, year: dict[str, int], tmp_path: Path) -> None:
	pdf = pdf_text(council.statistics.render(2026, "pdf"))
	assert "Given in part 1 FOI-2026-001" in pdf
	assert not any(name in pdf for name in ("Quill", "Green", "Mill Lane"))
	place = tmp_path / "figures.xlsx"
	council.statistics.save(2026, "xlsx", place)
	rows = list(openpyxl.load_workbook(io.BytesIO(place.read_bytes())).worksheets[0].values)
	assert ("What was answered", "Refused", 2) in [row[:3] for row in rows]
	assert ("saved the figures of a year", {"year": 2026, "form": "xlsx"}) in ledger(council)
	with pytest.raises(ProblemWithFile):
		council.statistics.save(2026, "pdf", tmp_path / "nowhere" / "figures.pdf")
