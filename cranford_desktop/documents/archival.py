"""What a document says about itself to archives and to readers aloud: PDF/A-2a and PDF/UA-1 in its metadata."""

from datetime import date
from xml.sax.saxutils import escape

from cranford_desktop.documents.pdf_file import PdfFile
from cranford_desktop.paths import resources

LANGUAGE = "en-GB"
CREATOR = "Cranford Desktop"
PRODUCER = "ReportLab"

_NAMESPACES = {
	"dc": "http://purl.org/dc/elements/1.1/",
	"xmp": "http://ns.adobe.com/xap/1.0/",
	"pdf": "http://ns.adobe.com/pdf/1.3/",
	"pdfaid": "http://www.aiim.org/pdfa/ns/id/",
	"pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
	"pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
	"pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
	"pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
# PDF/A asks for a description of every property it does not know itself (ISO 19005-2, 6.6.2.3): that of PDF/UA.
_EXTENSION = (
	'<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
	"<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>"
	f"<pdfaSchema:namespaceURI>{_NAMESPACES['pdfuaid']}</pdfaSchema:namespaceURI>"
	"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
	'<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
	"<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
	"<pdfaProperty:category>internal</pdfaProperty:category>"
	"<pdfaProperty:description>part</pdfaProperty:description>"
	"</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>"
)


def text_string(text: str) -> str:
	"""Return a PDF text string (ISO 32000-1, 7.9.2.2)."""
	return f"<FEFF{text.encode('utf-16-be', 'replace').hex().upper()}>"


def packet(title: str, made_on: date) -> str:
	"""Return the XMP packet of a document (ISO 16684-1)."""
	moment = f"{made_on.isoformat()}T00:00:00+00:00"
	spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
	return (
		'<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
		'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
		f'<rdf:Description rdf:about="" {spaces}><dc:format>application/pdf</dc:format>'
		f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>'
		f"<dc:language><rdf:Bag><rdf:li>{LANGUAGE}</rdf:li></rdf:Bag></dc:language>"
		f"<xmp:CreatorTool>{CREATOR}</xmp:CreatorTool><xmp:CreateDate>{moment}</xmp:CreateDate>"
		f"<xmp:ModifyDate>{moment}</xmp:ModifyDate><pdf:Producer>{PRODUCER}</pdf:Producer>"
		"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>"
		f'{_EXTENSION}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
	)


def write_metadata(file: PdfFile, number: int, title: str, made_on: date) -> None:
	"""Write the XMP packet; uncompressed, so that simple readers find it."""
	data = packet(title, made_on).encode("utf-8", "replace")
	file.stream(number, "/Type/Metadata/Subtype/XML", data, compress=False)


def write_properties(file: PdfFile, number: int, title: str, made_on: date) -> None:
	"""Write the properties that every reader shows; the same as in the XMP packet."""
	moment = f"(D:{made_on:%Y%m%d}000000+00'00')"
	file.put(
		number,
		f"<</Title {text_string(title)}/Creator({CREATOR})/Producer({PRODUCER})"
		f"/CreationDate {moment}/ModDate {moment}>>",
	)


def write_colours(file: PdfFile, number: int, profile: int) -> None:
	"""Write what the colours mean: sRGB, with its profile (ISO 19005-2, 6.2.3)."""
	data = (resources() / "colour" / "srgb.icc").read_bytes()
	file.stream(profile, "/N 3", data)
	file.put(
		number,
		"<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB)"
		f"/DestOutputProfile {profile} 0 R>>",
	)
