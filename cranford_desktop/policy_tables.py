"""Reads `resources/policy`: the council's policy, retention classes, exemptions, bank holidays, clocks and
who hears complaints.

The tables are loaded once, by the composition root, and handed to the rules as an argument.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cranford_desktop.domain.costs import CostActivity, CostLimit
from cranford_desktop.domain.data_rights import RightWords
from cranford_desktop.domain.directory import LeaverStep
from cranford_desktop.domain.disclosure import Exemption, Regime
from cranford_desktop.domain.exemption_fields import FieldRule, ReasonRules, Wording
from cranford_desktop.domain.letters import Regulator
from cranford_desktop.domain.other_places import UsualPlace, WithoutReason
from cranford_desktop.domain.policy import (
	BackupRules,
	Clause,
	ClockRules,
	HoldingLimits,
	Holiday,
	Holidays,
	MeetingRules,
	Policy,
	PolicyTables,
	RetentionClass,
)
from cranford_desktop.domain.second_look import LookRules
from cranford_desktop.errors import NotFound
from cranford_desktop.paths import resources

_LAWS: Mapping[Regime, str] = MappingProxyType(
	{
		"foi": "the Freedom of Information Act",
		"eir": "the Environmental Information Regulations",
		"sar": "the Data Protection Act",
	}
)


def load(folder: Path | None = None) -> PolicyTables:
	"""Return the tables that ship with the app, or those of another folder laid out in the same way."""
	source = folder if folder is not None else resources() / "policy"
	policy = _read(source, "policy.toml")
	exemptions = _read(source, "exemptions.toml")
	return PolicyTables(
		policy=_policy(policy, source),
		retention=tuple(_retention_class(one) for one in _read(source, "retention.toml")["class"]),
		exemptions=tuple(_exemption(one) for one in exemptions["exemption"]),
		holidays=_holidays(_read(source, "bank_holidays.toml")),
		clocks=_clocks(_read(source, "clocks.toml")),
		council=policy["council"],
		holdings=_holdings(_read(source, "holdings.toml")),
		leavers=tuple(
			LeaverStep(one["key"], one["words"], one["why"]) for one in _read(source, "leavers.toml")["step"]
		),
		meetings=MeetingRules(**_read(source, "meetings.toml")),
		backups=BackupRules(**_read(source, "backups.toml")),
		cost_limit=_cost_limit(_read(source, "costs.toml")),
		second_look=LookRules(**_read(source, "second_look.toml")),
		regulators=tuple(_regulator(one) for one in _read(source, "regulator.toml")["regulator"]),
		reasons=_reasons(exemptions, _read(source, "reason_wordings.toml")["wording"]),
		places=tuple(UsualPlace(**one) for one in _read(source, "places.toml")["place"]),
		without=tuple(WithoutReason(**one) for one in _read(source, "places.toml")["without"]),
		tribunal_days=_read(source, "regulator_steps.toml")["tribunal_days"],
		data_rights=tuple(RightWords(**one) for one in _read(source, "data_rights.toml")["right"]),
		counterparts=tuple(_read(source, "counterparts.toml")["counterpart"]),
	)


def find_exemption(tables: PolicyTables, code: str, regime: Regime) -> Exemption:
	"""Return the exemption of a regime that a code means: with or without "s" or "reg", with any dots and spaces.

	Raises `NotFound` for a code that the regime does not have, or that could mean several.
	"""
	wanted = exemption_key(code)
	mine = [one for one in tables.exemptions if regime in one.regimes]
	for one in mine:
		if wanted == exemption_key(one.code) or wanted in map(exemption_key, one.also):
			return one
	close = [one.code for one in mine if wanted and re.match(rf"{re.escape(wanted)}(\(|$)", exemption_key(one.code))]
	written = " ".join(code.split())[:40]
	raise NotFound(
		f'"{written}" is not an exemption that a message can have under {_LAWS[regime]}.',
		"Nothing was changed.",
		f"Did you mean {' or '.join(close)}?" if close else f"Known ones: {', '.join(one.code for one in mine)}.",
	)


def exemption_key(code: str) -> str:
	"""Return an exemption code without what people write differently: "s. 40 (2)", "S40(2)" and "40(2)" are one."""
	plain = re.sub(r"[\s.,_+–-]|and", "", code.casefold())
	for long, short in (("section", "s"), ("regulation", "reg"), ("schedule", "sch"), ("paragraph", "para")):
		plain = plain.replace(long, short)
	plain = re.sub(r"(foia|foi|eir|dpa)(2000|2004|2018)?", "", plain)
	plain = re.sub(r"(?<=\d)s(?=\d)|^(s|regs?|r)(?=\d)", "", plain)
	return re.sub(r"^sch2(?=para)", "", plain)


def _read(folder: Path, name: str) -> dict[str, Any]:
	return tomllib.loads((folder / name).read_text(encoding="utf-8"))


def _policy(table: Mapping[str, Any], folder: Path) -> Policy:
	year, month = table["review_due"].split("-")
	return Policy(
		title=table["title"],
		text=(folder / table["text_file"]).read_text(encoding="utf-8").strip("\n"),
		adopted=table["adopted"],
		minute=table["minute"],
		review_due_year=int(year),
		review_due_month=int(month),
		review_every_years=table["review_every_years"],
		clauses=tuple(Clause(**one) for one in table["clause"]),
	)


def _retention_class(table: Mapping[str, Any]) -> RetentionClass:
	return RetentionClass(
		key=table["key"],
		title=table["title"],
		years=table.get("years"),
		trigger=table["trigger"],
		reason=table["reason"],
		authority=table["authority"],
		assumed=table["assumed"],
	)


def _exemption(table: Mapping[str, Any]) -> Exemption:
	return Exemption(
		code=table["code"],
		regimes=tuple(table["regimes"]),
		title=table["title"],
		label=table["label"],
		whole_message=table.get("whole_message", True),
		needs_prejudice=table.get("prejudice", False),
		needs_public_interest=table.get("public_interest", False),
		note=table.get("note", ""),
		also=tuple(table.get("also", ())),
	)


def _reasons(table: Mapping[str, Any], wordings: Sequence[Mapping[str, Any]]) -> ReasonRules:
	fields = {one["name"]: one for one in table["field"]}
	return ReasonRules(
		fields=MappingProxyType(
			{
				one["code"]: tuple(_field(fields[name], one.get("limbs", ())) for name in one["fields"])
				for one in table["exemption"]
			}
		),
		first=MappingProxyType(
			{one["code"]: tuple(one["needs_first"]) for one in table["exemption"] if "needs_first" in one}
		),
		wordings=tuple(Wording(one["name"], tuple(one["codes"]), MappingProxyType(one["fields"])) for one in wordings),
	)


def _field(table: Mapping[str, Any], limbs: Sequence[Sequence[str]]) -> FieldRule:
	options = (
		[(limb, f"{limb} {words}") for limb, words in limbs] if table["name"] == "limb" else table.get("options", ())
	)
	refuse = table.get("refuse")
	return FieldRule(
		key=table.get("key", table["name"]),
		kind=table["kind"],
		short=table["short"],
		label=table["label"],
		fault=table["fault"],
		hint=table.get("hint", ""),
		options=tuple((value, words) for value, words in options),
		when=table.get("when", ""),
		refuse=(refuse[0], refuse[1]) if refuse else None,
	)


def _cost_limit(table: Mapping[str, Any]) -> CostLimit:
	activities = tuple(CostActivity(**one) for one in table["activity"])
	return CostLimit(table["hours"], table["pounds_an_hour"], activities)


def _regulator(table: Mapping[str, Any]) -> Regulator:
	return Regulator(
		start=table["from"],
		name=table["name"],
		office=table["office"],
		address=tuple(table["address"]),
		website=table["website"],
		phone=table["phone"],
	)


def _holidays(table: Mapping[str, Any]) -> Holidays:
	return Holidays(
		first_year=table["first_year"],
		last_year=table["last_year"],
		certain_until=table["certain_until"],
		days=MappingProxyType({one["day"]: Holiday(**one) for one in table["holidays"]}),
	)


def _clocks(table: Mapping[str, Any]) -> ClockRules:
	return ClockRules(**{name: value for name, value in table.items() if name != "as_of"})


def _holdings(table: Mapping[str, Mapping[str, int]]) -> HoldingLimits:
	cap, gap, members = table["cap"], table["gap"], table["members"]
	return HoldingLimits(
		cap_without_media=cap["without_media"],
		cap_with_media=cap["with_media"],
		cap_tolerance=cap["tolerance"],
		opening_lines=table["opening"]["lines"],
		gap_days=gap["days"],
		gap_messages=gap["messages"],
		silence_days=gap["silence_days"],
		silence_factor=gap["silence_factor"],
		silence_least_days=gap["silence_least_days"],
		behind_after_days=members["behind_after_days"],
		wrote_within_days=members["wrote_within_days"],
		return_month=members["return_month"],
		days_to_answer=members["days_to_answer"],
	)
