"""Home: what needs the clerk, in words, with one next step each."""

from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cranford_desktop.domain.home import HomeItem, HomePage
from cranford_desktop.services.council import Council
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import Button, button, link
from cranford_desktop.ui.parts.labels import Glyph, chip, fact, say
from cranford_desktop.ui.parts.layouts import Columns, Item, card, clear, col, page, row, rule
from cranford_desktop.ui.parts.patterns import banner
from cranford_desktop.ui.parts.wording import count, day_words, days_off

_BANNERS = ("policy_review", "recovery_sheet")
"""Items that stand above the page until they are handled."""
_ICONS = {
	"request": "mail_inbox",
	"places": "phone",
	"case": "scales",
	"retention": "calendar_clock",
	"backup": "shield_checkmark",
	"import": "arrow_import",
	"meetings": "calendar_ltr",
}


class HomeTab(QWidget):
	"""Banners, what needs her, last imports, back-up."""

	def __init__(self, council: Council, window) -> None:
		super().__init__()
		self._council, self._window = council, window
		self._outer = QVBoxLayout(self)
		self._outer.setContentsMargins(0, 0, 0, 0)
		self.buttons: dict[str, Button] = {}

	def refresh(self) -> None:
		"""Read the page again."""
		self.show_page(self._council.home.page())

	def show_page(self, home: HomePage) -> None:
		"""Show what services have gathered."""
		clear(self._outer)
		self.buttons = {}
		above = [item for item in home.items if item.key in _BANNERS]
		needs = [item for item in home.items if item.key not in _BANNERS]
		items: list[Item] = [self._banner(item) for item in above]
		if not home.messages and all(item.key == "import" for item in needs):
			items.append(Columns((col(self._welcome(), None), 3), (col(self._first_steps(), None), 2)))
		else:
			left = col(self._needs(needs, home), self._short(home), None, gap=16)
			right = col(self._safe(home), self._phones(home), None, gap=16)
			items.append(Columns((left, 3), (right, 2), gap=16, fold=820))
		self._outer.addWidget(page(*items))

	def _act(self, item: HomeItem, *, primary: bool) -> Button:
		go = button(item.action, "primary" if primary else None)
		go.setAccessibleName(f"{item.action}: {item.head}")
		go.clicked.connect(lambda: self._window.go(item.target))
		self.buttons[item.key] = go
		return go

	def _banner(self, item: HomeItem) -> QWidget:
		kind = item.tone if item.tone in ("warn", "danger", "info") else "info"
		return banner(kind, item.head, item.body, self._act(item, primary=False))

	def _needs(self, items: list[HomeItem], home: HomePage) -> QWidget:
		rows: list[Item] = [
			row(say("Needs you", "head", wrap=False), None, say(day_words(home.today), "muted", wrap=False)),
			4,
		]
		if not items:
			calm = row(Glyph("checkmark_circle", "ok"), (say("Nothing needs you today."), 1), gap=12)
			rows += [rule(), 12, calm, 12]
		for at, item in enumerate(items):
			rows += [rule(), self._need(item, home, primary=at == 0)]
		return card(*rows, gap=0, pad=(16, 16, 16, 4))

	def _need(self, item: HomeItem, home: HomePage, *, primary: bool) -> QWidget:
		made = QWidget()
		name = _ICONS.get(item.key.partition(":")[0], "info")
		ink = {"danger": "danger", "warn": "warn"}.get(item.tone, "accent" if primary else "muted")
		go = self._act(item, primary=primary)
		theme.scaled(go, "setMinimumWidth", 148)
		words: list[Item] = [say(item.head, "strong", wrap=True), say(item.body, wrap=True)]
		if item.due is not None:
			role = "danger" if item.due < home.today else "muted"
			words.append(say(days_off(item.due, home.today).capitalize(), role, wrap=False))
		glyph = col(2, Glyph(name, ink), None, gap=0)
		made.setLayout(row(glyph, (col(*words, gap=1), 1), go, gap=12, pad=(0, 12, 0, 12)))
		return made

	def _welcome(self) -> QWidget:
		go = button("Import a chat", "primary")
		go.clicked.connect(lambda: self._window.go("import"))
		self.buttons["import"] = go
		return card(
			say("Import your first chat", "head", wrap=False),
			say(
				"Ask a member to export the group’s chat on their phone and send you the .zip file. "
				"Drop it anywhere on this window, or choose it.",
				wrap=True,
			),
			4,
			row(go, None),
			pad=20,
		)

	def _first_steps(self) -> QWidget:
		policy = link("Read the council’s WhatsApp policy")
		policy.clicked.connect(lambda: self._window.go("act:policy"))
		return card(
			say("While you wait for the file", "head", wrap=False),
			2,
			row(Glyph("book_open"), policy, None, gap=8),
			say("These records stay on this computer.", "muted", wrap=True),
			gap=6,
			pad=20,
		)

	def _safe(self, home: HomePage) -> QWidget:
		go = button("Back up now…")
		go.clicked.connect(lambda: self._window.go("act:backup"))
		if home.last_backup is None:
			state, line = chip("None yet", "hold"), fact("warning", "No back-up has been made yet.", ink="warn")
		else:
			fresh = (home.today - home.last_backup.date()).days <= 8
			state = chip("Up to date", "ok") if fresh else chip("Out of date", "hold")
			line = fact(
				"checkmark_circle" if fresh else "warning",
				f"{_when(home.last_backup)} – {home.backup_place or 'place not recorded'}",
				ink="ok" if fresh else "warn",
			)
		return card(
			row(say("Back-up", "head", wrap=False), None, state),
			line,
			row(go, None),
			gap=8,
		)

	def _phones(self, home: HomePage) -> QWidget:
		rows: list[Item] = [say("Last import from each phone", "head", wrap=False), 4]
		for group, phone, last, at in home.phones:
			words = col(
				say(f"{phone}, {group}", "strong", wrap=True),
				say(f"Messages up to {day_words(last.date(), weekday=False)}", wrap=True),
				say(f"Imported {_when(at)}", "muted", wrap=True),
				gap=1,
			)
			rows += [rule(), row(col(2, Glyph("phone"), None, gap=0), (words, 1), gap=12, pad=(0, 8, 0, 8))]
		if not home.phones:
			rows.append(say("No export has been imported yet.", "muted", wrap=True))
		return card(*rows, gap=0)

	def _short(self, home: HomePage) -> QWidget:
		rows: list[Item] = [say("Only have 15 minutes?", "head", wrap=False), 2]
		unnamed = sum(sender.person_id is None for sender in self._council.people.senders())
		if unnamed:
			rows.append(self._small("person_question_mark", f"Name {count(unnamed, 'sender')}", "people"))
		if home.to_look_at:
			holds = "message may hold" if home.to_look_at == 1 else "messages may hold"
			words = f"{home.to_look_at:,} {holds} private details. Look when you have time."
			rows.append(self._small("shield_error", words, "archive:private"))
		rows.append(self._small("chat_multiple", f"Read the archive: {count(home.messages, 'message')}", "archive"))
		rows.append(self._small("book_open", "Read the council’s WhatsApp policy", "act:policy"))
		return card(*rows, gap=4)

	def _small(self, ic: str, words: str, target: str) -> Item:
		go = link(words)
		go.clicked.connect(lambda: self._window.go(target))
		return row(Glyph(ic), go, None, gap=8)


def _when(at: datetime) -> str:
	return f"{day_words(at.date(), weekday=False)}, {at:%H:%M}"
