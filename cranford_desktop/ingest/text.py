"""A chat text that is never held whole: read from its file in stretches of whole lines, as often as it is needed."""

from collections.abc import Iterator
from dataclasses import dataclass

from cranford_desktop.ingest.encoding import Chunks, Encoding, decoded, examine

PIECE = 1 << 17
"""Characters of one stretch, about: small enough that no step of the work takes long."""


@dataclass(frozen=True, slots=True)
class Text:
	"""The characters of a chat text."""

	chunks: Chunks
	encoding: Encoding

	@property
	def converted(self) -> bool:
		"""Every line ends in CRLF: something converted the file, CRLF inside a text was LF."""
		return self.encoding.lines > 0 and self.encoding.crlf == self.encoding.lines

	@property
	def mixed(self) -> bool:
		"""Some lines end in CRLF: on an iPhone, those are where records end."""
		return 0 < self.encoding.crlf < self.encoding.lines

	def pieces(self) -> Iterator[str]:
		"""Go through the text once more, in stretches that end where a line ends.

		Raises `ProblemWithFile` where the file is no longer the one that was opened.
		"""
		if self.encoding.name == "utf-8" and self.encoding.strict:
			yield from self._utf8()
			return
		errors = "strict" if self.encoding.strict else "replace"
		rest = ""
		for read in decoded(self.chunks, self.encoding.name, self.encoding.mark, errors):
			text = rest + read if rest else read
			at = 0
			while (end := text.find("\n", at + PIECE) + 1) > 0:
				yield self._lines(text[at:end])
				at = end
			rest = text[at:]
		if rest:
			yield self._lines(rest)

	def confirm(self) -> None:
		"""Make sure that the file is still the one that was opened; raises `ProblemWithFile` where it is not."""
		for _ in self.chunks():
			break

	def _utf8(self) -> Iterator[str]:
		"""Go through a UTF-8 text: no character of it holds the byte of a line end, so it is cut before it is read."""
		rest, at = b"", self.encoding.mark
		for chunk in self.chunks():
			data = rest + chunk if rest else chunk
			while (end := data.find(b"\n", at + PIECE) + 1) > 0:
				yield self._lines(data[at:end].decode())
				at = end
			rest, at = data[at:], 0 if len(data) >= at else at - len(data)
		if rest[at:]:
			yield self._lines(rest[at:].decode())

	def opening(self, size: int) -> str:
		"""Return the first characters of the text, whole lines, about so many."""
		head: list[str] = []
		length = 0
		for piece in self.pieces():
			head.append(piece)
			length += len(piece)
			if length >= size:
				break
		return "".join(head)

	def _lines(self, piece: str) -> str:
		return piece.replace("\r\n", "\n") if self.converted else piece


def text_of(characters: str) -> Text:
	"""Return a chat text that is in memory already."""

	def chunks() -> Iterator[bytes]:
		yield characters.encode("utf-8", "surrogatepass")

	return Text(chunks, examine(chunks))
