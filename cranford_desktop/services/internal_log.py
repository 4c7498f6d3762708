"""The council's own record of a pack: who asked, what was decided and why, what was covered up, what was searched."""

from collections.abc import Sequence

from cranford_desktop.domain.disclosure import Decision, Exemption
from cranford_desktop.services.pack_building import PackSource


def not_recorded(source: PackSource, exemptions: Sequence[Exemption]) -> tuple[str, ...]:
	"""Return what the law asks for and nobody gave, by reference and field; never a text or a name.

	Asked for: who wrote and what (FOIA s.8), the exemption of what is withheld and why it applies (s.17(1)), the harm
	and the public interest where the exemption turns on them (s.17(3)), and why something is not the council's record.
	"""
	by_code = {one.code: one for one in exemptions}
	asked = {"requester": source.requester, "wording": source.wording}
	missing = [name for name, text in asked.items() if not text.strip()]
	for number, row in enumerate(source.rows, 1):
		decision = source.decisions.get(row.id)
		fields = _missing(decision, by_code) if decision else []
		if fields:
			missing.append(f"{source.reference}-{number:04d} (message {row.id}): {', '.join(fields)}")
	missing += [f"redaction {at}: reason" for at, one in enumerate(source.redactions, 1) if not one.reason]
	return tuple(missing)


def _missing(decision: Decision, by_code: dict[str, Exemption]) -> list[str]:
	if decision.choice == "not_held":
		return [] if decision.reason else ["reason"]
	if decision.choice != "withhold":
		return []
	exemption = by_code.get(decision.exemption or "")
	wanted = {
		"exemption": exemption is None,
		"reason": not decision.reason,
		"prejudice": exemption is not None and exemption.needs_prejudice and not decision.prejudice,
		"public_interest": exemption is not None and exemption.needs_public_interest and not decision.public_interest,
		"balance": exemption is not None and exemption.needs_public_interest and not decision.balance,
	}
	return [name for name, absent in wanted.items() if absent]
