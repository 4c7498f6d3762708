"""How the three laws are called in letters, and how an exemption is cited."""

import re

from cranford_desktop.domain.disclosure import Regime

LAWS: dict[Regime, str] = {
	"foi": "Freedom of Information Act 2000",
	"eir": "Environmental Information Regulations 2004",
	"sar": "Data Protection Act 2018",
}


def cite(code: str) -> str:
	"""Return an exemption as a letter cites it: "section 40(2)", "regulation 13", "Schedule 2, paragraph 16"."""
	if found := re.fullmatch(r"s(\d.*)", code):
		return f"section {found.group(1)}"
	if found := re.fullmatch(r"reg (\d.*)", code):
		return f"regulation {found.group(1)}"
	if found := re.fullmatch(r"Sch (\d+) para (\d.*)", code):
		return f"Schedule {found.group(1)}, paragraph {found.group(2)}"
	return code


def cites(text: str, citation: str) -> bool:
	"""Say whether a text cites this, in any way it is written: "Section 40 (2)", "s.40(2)", and deeper, "40(2)(a)".

	"40(2A)" is not "40(2)".
	"""
	kind, _, number = citation.partition(" ")
	if citation.startswith("Schedule"):
		schedule, paragraph = re.findall(r"\d[\w()]*", citation)
		pattern = rf"sch(?:edule|\.)?\s*{schedule}\s*,?\s*para(?:graph|\.)?\s*{re.escape(paragraph)}"
	else:
		short = {"section": r"s(?:ection|\.)?", "regulation": r"reg(?:ulation|\.)?"}.get(
			kind.casefold(), re.escape(kind)
		)
		spaced = r"\s*".join(re.escape(part) for part in re.findall(r"\(\w+\)|[^()]+", number))
		pattern = rf"\b{short}\s*{spaced}"
	return re.search(rf"{pattern}(?!\w)", text, re.IGNORECASE) is not None
