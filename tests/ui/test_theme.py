"""Colours, type and text size."""

import re

import pytest
from PySide6.QtGui import QFontMetrics

from cranford_desktop.paths import resources
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import button
from cranford_desktop.ui.parts.labels import Glyph, say, tip
from cranford_desktop.ui.parts.layouts import box, col


@pytest.mark.parametrize("dark", [False, True])
def test_every_pair_that_screens_use_has_its_contrast(dark: bool) -> None:
	faint = [
		(ink, ground, round(theme.contrast(ink, ground, dark=dark), 2))
		for ink, ground, least in theme.PAIRS
		if theme.contrast(ink, ground, dark=dark) < least
	]
	assert faint == []


def test_the_style_sheet_names_only_known_colours() -> None:
	text = (resources() / "style.qss").read_text(encoding="utf-8")
	assert set(re.findall(r"@([a-z-]+)", text)) <= set(theme.TOKENS)
	assert not re.findall(r"(?m)^\s*\*\s*[{,]", text)


def test_words_follow_the_text_size_and_survive_switching_the_mode(dressed, qtbot) -> None:
	title, go, glyph = say("A title", "title"), button("Make the pack"), Glyph("home")
	page = box(col(title, go, glyph))
	qtbot.addWidget(page)
	page.show()
	size, side = title.font().pointSizeF(), glyph.width()
	theme.set_zoom(dressed, 150)
	assert title.font().pointSizeF() == pytest.approx(size * 1.5)
	assert glyph.width() == round(side * 1.5)
	theme.apply(dressed, dark=True)
	assert title.font().pointSizeF() == pytest.approx(size * 1.5)
	assert go.sizeHint().width() >= QFontMetrics(go.font()).horizontalAdvance("Make the pack")
	theme.set_zoom(dressed, 100)
	assert title.font().pointSizeF() == pytest.approx(size)


def test_icons_take_the_colour_of_the_mode(dressed, qtbot) -> None:
	go = button("Print", ic="print")
	qtbot.addWidget(go)

	def inks() -> set[str]:
		image = go.icon().pixmap(32, 32).toImage()
		return {
			image.pixelColor(x, y).name() for x in range(32) for y in range(32) if image.pixelColor(x, y).alpha() == 255
		}

	light = inks()
	theme.apply(dressed, dark=True)
	assert light
	assert inks()
	assert not light & inks()


def test_what_people_wrote_is_never_read_as_markup(dressed, qtbot) -> None:
	words = "<b>Bold?</b> <img src='file:///etc/passwd'> & more"
	label = say(words)
	qtbot.addWidget(label)
	assert label.textFormat().name == "PlainText"
	assert label.text() == words
	tip(label, words)
	assert "<img" not in label.toolTip()
	assert "&lt;img" in label.toolTip()


def test_an_ampersand_in_a_button_is_shown(dressed, qtbot) -> None:
	go = button("FOI & requests")
	qtbot.addWidget(go)
	assert go.text() == "FOI && requests"
	assert go.accessibleName() == "FOI & requests"
