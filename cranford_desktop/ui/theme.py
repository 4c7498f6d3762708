"""Tokens → palette, fonts and style sheet. The only place that knows a colour.

Every colour on screen is a token. Widgets take it from the palette or the style sheet; painted parts ask `colour`
at paint time, so that switching light and dark needs no restart. What is chosen (dark, zoom) is kept on the
QApplication itself.
"""

import re
from typing import TypeVar

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPainter, QPalette, QPen
from PySide6.QtWidgets import QApplication, QProxyStyle, QStyle, QWidget

from cranford_desktop.paths import resources
from cranford_desktop.ui.within import widgets_within

_Scaled = TypeVar("_Scaled", bound=QWidget)

FAMILY = "Source Sans 3"
_EMOJI = ("Segoe UI Emoji", "Apple Color Emoji", "Noto Color Emoji", "Noto Emoji")
"""Where a name or message has a picture in it: the system's own, else ours."""
BODY_PT = 11.0
"""Body size at 100 %."""
ZOOMS = (80, 90, 100, 110, 125, 150, 175, 200)
"""Steps of the text size, in percent."""

#            name             light      dark
TOKENS: dict[str, tuple[str, str]] = {
	# surfaces
	"window": ("#F3F5F7", "#1B1E22"),
	"base": ("#FFFFFF", "#24282D"),
	"chrome": ("#FFFFFF", "#202429"),
	"sunken": ("#F3F5F7", "#1F2226"),
	"hover": ("#EDF0F4", "#2E3339"),
	"selected": ("#E1EDF9", "#203B57"),
	# lines
	"line": ("#DFE3E8", "#383E45"),
	"edge": ("#BCC4CE", "#525A64"),
	"border": ("#7A8494", "#848E9C"),
	# ink
	"text": ("#1B1F24", "#E8EAED"),
	"muted": ("#535D6B", "#AEB6C1"),
	# one accent
	"accent": ("#0B5CAD", "#7CB7F2"),
	"accent-hover": ("#094C90", "#9AC9F7"),
	"on-accent": ("#FFFFFF", "#0E1116"),
	"focus": ("#1B1F24", "#FFFFFF"),
	# states
	"ok": ("#1E6B3A", "#7FD29B"),
	"ok-soft": ("#E6F3EA", "#1E3628"),
	"warn": ("#7D4B00", "#F2B866"),
	"warn-soft": ("#FFF4DE", "#3A2E18"),
	"warn-line": ("#E3A33B", "#8A672B"),
	"danger": ("#B3261E", "#FF8A80"),
	"danger-soft": ("#FCEBE9", "#43241F"),
	"danger-line": ("#D9756E", "#8E4A43"),
	"on-danger": ("#FFFFFF", "#0E1116"),
	# chips: ink, ground
	"business": ("#0A4A8C", "#9CCBF8"),
	"business-soft": ("#E3EFFB", "#1F3850"),
	"personal": ("#5B3E96", "#CDB8F5"),
	"personal-soft": ("#EEE8F8", "#372D4C"),
	"plain": ("#4A5360", "#BCC4CE"),
	"plain-soft": ("#E9ECF0", "#343A41"),
	"sensitive": ("#8C1D18", "#FFA79F"),
	"sensitive-soft": ("#FBE7E5", "#45261F"),
	"hold": ("#6E4200", "#F5C680"),
	"hold-soft": ("#FFF1D6", "#3E311A"),
	# painted text
	"hit": ("#1B1F24", "#16181B"),
	"hit-soft": ("#FFE58A", "#F0CC5B"),
	"redact": ("#7A1F3D", "#F7B2C8"),
	"redact-soft": ("#F9DFE7", "#4C2534"),
	"gap": ("#FFFFFF", "#16181B"),
	"gap-soft": ("#2B3038", "#D5DAE0"),
}

_GROUNDS = ("window", "base", "chrome", "sunken", "hover", "selected")
_CHIPS = (
	"ok",
	"warn",
	"danger",
	"business",
	"personal",
	"plain",
	"sensitive",
	"hold",
	"hit",
	"redact",
	"gap",
)
PAIRS: list[tuple[str, str, float]] = [
	*((ink, ground, 4.5) for ink in ("text", "muted") for ground in _GROUNDS),
	*((ink, ground, 4.5) for ink in ("accent", "ok", "warn", "danger") for ground in ("window", "base")),
	("on-accent", "accent", 4.5),
	("on-accent", "accent-hover", 4.5),
	("on-danger", "danger", 4.5),
	*((name, f"{name}-soft", 4.5) for name in _CHIPS),
	*(("text", f"{name}-soft", 4.5) for name in ("ok", "warn", "danger")),
	("redact", "base", 4.5),
	("redact", "selected", 4.5),
	("ok", "selected", 4.5),
	("warn", "selected", 4.5),
	("ok", "sunken", 4.5),
	("warn", "sunken", 4.5),
	("hold", "base", 4.5),
	("accent", "sunken", 4.5),
	("accent", "danger-soft", 4.5),
	("on-accent", "warn", 4.5),
	*(("border", ground, 3.0) for ground in ("base", "window", "sunken")),
	*(("accent", ground, 3.0) for ground in ("chrome", "selected")),
	*(("focus", ground, 3.0) for ground in ("window", "base", "chrome")),
]
"""(ink, ground, least ratio): the pairs that screens use; a test holds them."""

# name: (points over body, weight, token)
TYPE: dict[str, tuple[float, QFont.Weight, str]] = {
	"title": (+7.0, QFont.Weight.DemiBold, "text"),
	"head": (+2.5, QFont.Weight.DemiBold, "text"),
	"strong": (0.0, QFont.Weight.DemiBold, "text"),
	"body": (0.0, QFont.Weight.Normal, "text"),
	"muted": (0.0, QFont.Weight.Normal, "muted"),
	"small": (-1.0, QFont.Weight.Normal, "muted"),
	"label": (-1.0, QFont.Weight.DemiBold, "muted"),
	"figure": (+11.0, QFont.Weight.DemiBold, "text"),
}

_DARK = "cranford_dark"
_ZOOM = "cranford_zoom"
_SCALED = "cranford_scaled"


def _app() -> QApplication:
	app = QApplication.instance()
	if not isinstance(app, QApplication):
		raise TypeError("a theme needs a QApplication")
	return app


def is_dark() -> bool:
	"""Return whether the dark colours are shown."""
	return bool(_app().property(_DARK))


def zoom() -> int:
	"""Return the text size in percent."""
	return int(_app().property(_ZOOM) or 100)


def colour(name: str, alpha: float | None = None) -> QColor:
	"""Return a token's colour in the present mode, optionally see-through (0 to 1)."""
	ink = QColor(TOKENS[name][1 if is_dark() else 0])
	if alpha is not None:
		ink.setAlphaF(alpha)
	return ink


def contrast(ink: str, ground: str, *, dark: bool) -> float:
	"""Return the contrast ratio of two tokens (WCAG 2.2, 1.4.3)."""

	def luminance(hexa: str) -> float:
		parts = [int(hexa[at : at + 2], 16) / 255 for at in (1, 3, 5)]
		red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
		return 0.2126 * red + 0.7152 * green + 0.0722 * blue

	mode = 1 if dark else 0
	light, deep = sorted((luminance(TOKENS[ink][mode]), luminance(TOKENS[ground][mode])), reverse=True)
	return (light + 0.05) / (deep + 0.05)


def font(role: str = "body") -> QFont:
	"""Return the font of a role at the present text size."""
	extra, weight, _ = TYPE[role]
	made = QFont(QApplication.font())
	made.setPointSizeF(max(8.0, QApplication.font().pointSizeF() + extra * zoom() / 100))
	made.setWeight(weight)
	return made


def px(n: float) -> int:
	"""Return a length in pixels at 100 %, grown with the text. Fixed widths always go through here."""
	return round(n * QApplication.font().pointSizeF() / BODY_PT)


def scaled(widget: _Scaled, setter: str, n: float) -> _Scaled:
	"""Call a one-length setter ("setFixedWidth", …) with a length that follows the text size from now on."""
	known = dict(widget.property(_SCALED) or {})
	known[setter] = n
	widget.setProperty(_SCALED, known)
	getattr(widget, setter)(px(n))
	return widget


def _palette() -> QPalette:
	made = QPalette()
	role = QPalette.ColorRole
	roles = {
		role.Window: "window",
		role.WindowText: "text",
		role.Base: "base",
		role.AlternateBase: "sunken",
		role.Text: "text",
		role.Button: "base",
		role.ButtonText: "text",
		role.BrightText: "on-accent",
		role.Highlight: "accent",
		role.HighlightedText: "on-accent",
		role.Accent: "accent",
		role.Link: "accent",
		role.LinkVisited: "accent",
		role.PlaceholderText: "muted",
		role.ToolTipBase: "gap-soft",
		role.ToolTipText: "gap",
		role.Light: "base",
		role.Midlight: "hover",
		role.Mid: "edge",
		role.Dark: "border",
		role.Shadow: "line",
	}
	for which, token in roles.items():
		made.setColor(which, colour(token))
	for which in (role.WindowText, role.Text, role.ButtonText):
		made.setColor(QPalette.ColorGroup.Disabled, which, colour("muted", 0.6))
	return made


def style_sheet() -> str:
	"""Return the style sheet with the tokens filled in for the present mode."""
	text = (resources() / "style.qss").read_text(encoding="utf-8")
	return re.sub(r"@([a-z-]+)", lambda found: TOKENS[found[1]][1 if is_dark() else 0], text)


class CranfordStyle(QProxyStyle):
	"""Fusion with our tick, radio and sizes; everything else is Fusion's."""

	def __init__(self) -> None:
		super().__init__("Fusion")

	def pixelMetric(self, metric, option=None, widget=None):
		pm = QStyle.PixelMetric
		if metric in (
			pm.PM_IndicatorWidth,
			pm.PM_IndicatorHeight,
			pm.PM_ExclusiveIndicatorWidth,
			pm.PM_ExclusiveIndicatorHeight,
		):
			return 18
		if metric in (pm.PM_CheckBoxLabelSpacing, pm.PM_RadioButtonLabelSpacing):
			return 8
		if metric in (pm.PM_FocusFrameHMargin, pm.PM_FocusFrameVMargin):
			return 3
		return super().pixelMetric(metric, option, widget)

	def styleHint(self, hint, option=None, widget=None, data=None):
		if hint == QStyle.StyleHint.SH_FocusFrame_AboveWidget:
			return 1  # the ring hangs from the window, so no parent cuts it
		return super().styleHint(hint, option, widget, data)

	def drawPrimitive(self, element, option, painter, widget=None):
		pe, state = QStyle.PrimitiveElement, QStyle.StateFlag
		if element == pe.PE_FrameFocusRect:
			return  # FocusRing draws the only ring
		if element not in (pe.PE_IndicatorCheckBox, pe.PE_IndicatorRadioButton):
			super().drawPrimitive(element, option, painter, widget)
			return
		on = bool(option.state & state.State_On)
		enabled = bool(option.state & state.State_Enabled)
		box = QRectF(option.rect).adjusted(1, 1, -1, -1)
		painter.save()
		painter.setRenderHint(QPainter.RenderHint.Antialiasing)
		ink = colour("accent" if on else "border") if enabled else colour("edge")
		painter.setPen(QPen(ink, 1.4))
		if element == pe.PE_IndicatorCheckBox:
			painter.setBrush(ink if on else colour("base"))
			painter.drawRoundedRect(box, 3, 3)
			if on:
				pen = QPen(colour("on-accent"), 2)
				pen.setCapStyle(Qt.PenCapStyle.RoundCap)
				pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
				painter.setPen(pen)
				x, y, w, h = box.x(), box.y(), box.width(), box.height()
				tick = ((0.24, 0.52), (0.43, 0.70), (0.77, 0.32))
				painter.drawPolyline([QPointF(x + w * a, y + h * b) for a, b in tick])
		else:
			painter.setBrush(colour("base"))
			painter.drawEllipse(box)
			if on:
				painter.setPen(QPen(ink, 5))
				painter.drawEllipse(box.adjusted(2, 2, -2, -2))
		painter.restore()


def apply(app: QApplication, dark: bool = False) -> None:
	"""Dress the application; call again to switch between light and dark."""
	first = app.property(_DARK) is None
	if not first and is_dark() == dark:
		return
	app.setProperty(_DARK, dark)
	if first:
		for file in sorted((resources() / "fonts").glob("*.ttf")):
			QFontDatabase.addApplicationFont(str(file))
		app.setProperty(_ZOOM, 100)
		app.setStyle(CranfordStyle())
		_set_font(app)
	app.setPalette(_palette())
	_dress(app)


def _dress(app: QApplication) -> None:
	app.setStyleSheet(style_sheet())
	for window in app.topLevelWidgets():  # a new style sheet gives widgets back the fonts they were born with
		refresh(window)


def _set_font(app: QApplication) -> None:
	body = QFont()
	body.setFamilies([FAMILY, *_EMOJI])
	body.setPointSizeF(BODY_PT * zoom() / 100)
	body.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
	app.setFont(body)


def set_zoom(app: QApplication, percent: int) -> None:
	"""Set the text size in percent and let every window follow."""
	wanted = max(ZOOMS[0], min(ZOOMS[-1], percent))
	if wanted == zoom():
		return
	app.setProperty(_ZOOM, wanted)
	_set_font(app)
	_dress(app)


def refresh(root: QWidget) -> None:
	"""Give a widget and all in it their fonts and lengths again, after the text size changed."""
	for widget in (root, *widgets_within(root)):
		role = widget.property("role")
		if isinstance(role, str):
			widget.setFont(font(role if role in TYPE else "body"))
		for setter, n in (widget.property(_SCALED) or {}).items():
			getattr(widget, setter)(px(n))
		again = getattr(widget, "rescale", None)
		if callable(again):
			again()
		widget.updateGeometry()
