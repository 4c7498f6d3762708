"""A decision with the words it rests on: its own, or those written down once for its exemption in the request."""

from dataclasses import replace

from cranford_desktop.domain.disclosure import Decision
from cranford_desktop.domain.exemption_fields import NOT_HELD, ReasonRules, Reasons

_OWN = ("reason", "prejudice", "public_interest", "balance")
_GOES_WITH = {"likelihood": "prejudice", "adverse": "prejudice", "against": "public_interest"}
"""Fields that are told together with another one; all others go with the reason."""


def exemptions_of(decision: Decision) -> tuple[str, ...]:
	"""Return every exemption a withheld message rests on, that of its label first."""
	if decision.choice != "withhold" or decision.exemption is None:
		return ()
	return (decision.exemption, *decision.more_exemptions)


def with_reasons(decision: Decision, rules: ReasonRules, written: Reasons | None) -> Decision:
	"""Return a decision whose empty reasons are filled from what was written down for its exemptions, in words."""
	codes = (NOT_HELD,) if decision.choice == "not_held" else exemptions_of(decision)
	if not written or not codes:
		return decision
	told: dict[str, list[str]] = {part: [] for part in _OWN}
	for code in codes:
		lead = f"{code}, " if len(codes) > 1 else ""
		for rule, words in rules.told(code, written.get(code, {})):
			part = rule.key if rule.key in _OWN else _GOES_WITH.get(rule.key, "reason")
			alone = part == rule.key and not lead
			told[part].append(words if alone else f"{lead}{rule.short}: {words}")

	def filled(part: str, own: str | None) -> str | None:
		return own or "\n".join(told[part]) or None

	return replace(
		decision,
		reason=filled("reason", decision.reason),
		prejudice=filled("prejudice", decision.prejudice),
		public_interest=filled("public_interest", decision.public_interest),
		balance=filled("balance", decision.balance),
	)
