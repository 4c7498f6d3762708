"""Which media type a file of an export has, by its name."""

import mimetypes

_KNOWN = {
	".heic": "image/heic",
	".heif": "image/heif",
	".webp": "image/webp",
	".opus": "audio/ogg",
	".m4a": "audio/mp4",
	".mp4": "video/mp4",
	".3gp": "video/3gpp",
	".mov": "video/quicktime",
	".vcf": "text/vcard",
	".jpg": "image/jpeg",
	".jpeg": "image/jpeg",
	".png": "image/png",
	".gif": "image/gif",
	".pdf": "application/pdf",
	".csv": "text/csv",
	".txt": "text/plain",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
"""Said here because the system's own table differs between systems."""


def media_type(name: str | None) -> str | None:
	"""Return the media type that a file name tells, the same on every system; None where it tells none."""
	if not name or "." not in name:
		return None
	ending = "." + name.rsplit(".", 1)[1].casefold()
	return _KNOWN.get(ending) or mimetypes.types_map.get(ending)


def endings() -> tuple[str, ...]:
	"""Return the endings of file names that tell a media type, without the dot; photos' own first."""
	return tuple(dict.fromkeys(one.removeprefix(".") for one in ("jpg", *_KNOWN, *mimetypes.types_map)))
