"""The structure of a tagged document: what each stretch of a page is, in reading order (ISO 32000-1, 14.7).

An element is written as soon as it is closed, so that a long document holds only what is open.
"""

from collections.abc import Callable, Sequence

from cranford_desktop.documents.pdf_file import PdfFile

GROUPING = frozenset(
	("Document", "Part", "Sect", "Div", "L", "LI", "Table", "TR", "THead", "TBody", "TOC", "TOCI", "BlockQuote")
)
"""Elements that hold other elements, never words."""


class Element:
	"""One element while it is open."""

	__slots__ = ("extra", "kids", "marked", "number", "page", "parent", "role")

	def __init__(self, role: str, number: int, parent: int, extra: str) -> None:
		"""Take the role, the numbers of its own and its parent's object, and further entries of its dictionary."""
		self.role = role
		self.number = number
		self.parent = parent
		self.extra = extra
		self.page = 0
		"""The object of the page its first words stand on."""
		self.kids: list[str] = []
		self.marked = ""
		"""What the marks of its stretches say besides their number."""


class Structure:
	"""All elements of one document, and which of them owns each marked stretch of each page."""

	def __init__(self, file: PdfFile, new_number: Callable[[], int]) -> None:
		self._file = file
		self._new_number = new_number
		self.root = new_number()
		self.document = Element("Document", new_number(), self.root, "")
		self._owners: list[tuple[int, int]] = []
		"""Key in the parent tree and the object it leads to: an array for a page, an element for a link."""

	def open(self, role: str, parent: Element, extra: str = "") -> Element:
		"""Begin an element inside another."""
		element = Element(role, self._new_number(), parent.number, extra)
		parent.kids.append(f"{element.number} 0 R")
		return element

	def close(self, element: Element) -> None:
		"""End an element and write it."""
		page = f"/Pg {element.page} 0 R" if element.page else ""
		kids = element.kids[0] if len(element.kids) == 1 else f"[{' '.join(element.kids)}]"
		self._file.put(
			element.number,
			f"<</Type/StructElem/S/{element.role}/P {element.parent} 0 R{element.extra}{page}/K {kids}>>",
		)

	def mark(self, element: Element, page: int, number: int) -> None:
		"""Note that marked stretch `number` of a page belongs to an element."""
		if not element.page:
			element.page = page
		if element.page == page:
			element.kids.append(str(number))
		else:
			element.kids.append(f"<</Type/MCR/Pg {page} 0 R/MCID {number}>>")

	def link(self, element: Element, page: int, annotation: int) -> int:
		"""Make an annotation part of an element; returns its key in the parent tree."""
		element.kids.append(f"<</Type/OBJR/Pg {page} 0 R/Obj {annotation} 0 R>>")
		self._owners.append((len(self._owners), element.number))
		return len(self._owners) - 1

	def end_page(self, owners: Sequence[int]) -> int:
		"""Note the elements that own a page's marked stretches, in their order; returns the page's key."""
		number = self._new_number()
		self._file.put(number, f"[{' '.join(f'{owner} 0 R' for owner in owners)}]")
		self._owners.append((len(self._owners), number))
		return len(self._owners) - 1

	def finish(self) -> None:
		"""Write the root, after every element was closed."""
		self.close(self.document)
		tree = self._new_number()
		pairs = " ".join(f"{key} {number} 0 R" for key, number in self._owners)
		self._file.put(tree, f"<</Nums[{pairs}]>>")
		self._file.put(
			self.root,
			f"<</Type/StructTreeRoot/K {self.document.number} 0 R/ParentTree {tree} 0 R"
			f"/ParentTreeNextKey {len(self._owners)}>>",
		)
