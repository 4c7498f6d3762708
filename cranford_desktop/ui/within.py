"""The widgets inside a widget, asked for in a way that cannot end the program.

`QObject.findChildren` makes the one that asks hold on, in Python, to all that it returns. What Qt made for itself (the
scroll bars of a list, the view port of a page) goes without Python being told; the next widget at the same address is
then taken for the old one, and the program ends without a word. `QApplication.allWidgets` holds on to nothing.
"""

from PySide6.QtWidgets import QApplication, QWidget


def widgets_within(root: QWidget, *, visible: bool = False) -> list[QWidget]:
	"""Return the widgets inside another, in no order; those of windows of its own are not among them.

	`visible`: those on screen alone, which costs a fraction where a window holds thousands.
	"""
	every = QApplication.allWidgets()
	return [one for one in every if (not visible or one.isVisible()) and root.isAncestorOf(one)]
