"""Words of the file formats themselves, which say nothing about anybody: names of PDF, and of its XMP data."""

_NAMES = """
A AA AAPL AF AFRelationship AS Action ActualText After Alt Annot Annotation Annots Art ArtBox Artifact Ascent
Attached Attestation Author BBox BG BS BackGround Background Base BaseEncoding BaseFont BaseState BaselineShift Bead
Before BibEntry BitsPerComponent BitsPerSample BlackIs1 Block BlockAlign BlockQuote Border Both Bottom Bounds C0 C1
CIDFontType0 CIDFontType2 CIDInit CIDSet CIDSystemInfo CIDToGIDMap CapHeight Caption Catalog Center CharProcs
CharSet Circle ClassMap Code ColSpan ColorSpace ColorTransform Colors Column Columns CompatibleName Contents
Continued ContinuedFrom ContinuedList Coords Count CreationDate Creator CropBox Crypt DCTDecode DW Decimal Decode
DecodeParms Desc DescendantFonts Descent Dest DestOutputProfile Dests DeviceCMYK DeviceGray DeviceN DeviceRGB
Diagram Differences Direction Disc DisplayDocTitle Div Document DocumentFragment Domain Duration EarlyChange Em
EmbeddedFile EmbeddedFiles Encode Encoding EndIndent Endnote Event Expanded ExtGState Extend Extends False Figure
Filespec Filter First FirstChar FitH FitWindow Flags FlateDecode Font FontBBox FontDescriptor FontFamily FontFile
FontFile2 FontFile3 FontMatrix FontName FontStretch FontWeight Footer Footnote Form FormType Formula Function
FunctionType Functions GTS_PDFA1 GTS_PDFX GlyphOrientationVertical GoTo Group Header Headers Height Helvetica Hidden
HideMenubar HideToolbar HideWindowUI ICCBased ID Identity Identity-H Identity-V Image ImageB ImageC ImageI ImageMask
Index Indexed Info InlineAlign InlineShape Intent Interpolate ItalicAngle JPXDecode Justify K Keywords Kids L2R
LBody LI LZWDecode Label Lang Language Last LastChar LastModified Layout Lbl Leading Length Length1 Length2 Length3
Limits LineHeight Linearized Link List ListNumbering LowerAlpha LowerRoman Luminosity MCID MCR MarkInfo Marked Mask
Matrix MaxLen MaxWidth MediaBox Metadata MissingWidth ModDate Multiply NS Name Names Namespace Namespaces
NeedAppearances NewWindow Next NextPage NonFullScreenPageMode NonStruct Normal Note Nums O OBJR Obj ObjStm Opaque
Ordered OrderedList Ordering Outlines OutputCondition OutputConditionIdentifier OutputIntent OutputIntents Overlay
Overline Own Page PageLabel PageLabels PageLayout PageMode Pages Pagination Paragraph Parent ParentTree
ParentTreeNextKey Part Pattern PatternType PhoneticAlphabet Placement Predictor Prev PrintField PrintScaling Private
ProcSet Producer Properties Quote R2L RBGroups ReaderRequirements Rect Ref Registry RegistryName Resources RoleMap
RoleMapNS Root Rotate Row RowSpan Rows Ruby RubyAlign RunLengthDecode SMask Schema SchemaNS Scope Sect Separation
Shading ShadingType SinglePage Size SpaceAfter SpaceBefore Span Square StandardEncoding Start StartIndent StemH
StemV Stream StrikeOut Strong StructElem StructParent StructParents StructTreeRoot Style Sub Subject Subtype Summary
Supplement Suspects SymbolicFont TBody TFoot THead TOC TOCI Table TableRow Tabs Text TextAlign TextIndent Thumb
TilingType Tint Title ToUnicode Trans Transparency Trapped TrimBox TrueType Type Type0 Type1 Type3 UCS2 Underline
Unknown UpperAlpha UpperRoman UseAttachments UseNone UseOC UseOutlines UseThumbs UserProperties UserUnit Version
Vertical ViewArea ViewClip ViewerPreferences WMode WP Warichu Watermark WhitePoint Width Widths WinAnsiEncoding
Worksheet XHeight XObject XRef XRefStm XStep XYZ YStep
"""
KNOWN_NAMES = frozenset(f"/{name}" for name in _NAMES.split())
"""Names that PDF writers use (ISO 32000-1, annex E and the tables of its chapters); others are read like words."""

_VALUES = "application/pdf en-GB x-default True False 1 2 3 A B U 1.4 1.7 2005"
VOCABULARY = frozenset(_VALUES.split())
"""Values of XMP data that say what kind of file it is."""
