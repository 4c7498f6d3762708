"""Days and months that the letters name are those of the policy tables: a law that changes changes both."""

import re

from cranford_desktop.letter_templates import letter_tables
from cranford_desktop.policy_tables import load

_DAYS = re.compile(r"\b(\d+) working days")
_WORDS = {"three": 3, "six": 6}


def test_working_days_are_those_of_the_clocks() -> None:
	rules = load().clocks
	known = {
		"foi": {rules.foi_working_days, rules.hold_after_answer_working_days, rules.review_foi_working_days},
		"eir": {rules.eir_working_days, rules.eir_extended_working_days, rules.review_eir_working_days},
		"sar": set(),
	}
	named = 0
	for template in letter_tables().templates.values():
		for found in _DAYS.findall(template.wording.body):
			named += 1
			assert int(found) in known[template.regime], (template.kind, template.regime, found)
	assert named > 8


def test_weeks_and_months_are_those_of_the_clocks() -> None:
	rules = load().clocks
	bodies = [one.wording.body for one in letter_tables().templates.values()]
	weeks = {_WORDS[one] for body in bodies for one in re.findall(r"\b(\w+) weeks of", body)}
	months = {_WORDS[one] for body in bodies for one in re.findall(r"You have (\w+) months", body)}
	assert (weeks, months) == ({rules.hold_after_answer_weeks}, {rules.fee_months})
