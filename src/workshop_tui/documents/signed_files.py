"""The signature by which a binary file is known again as our own export that nobody has changed since.

It says what Markdown's comment says: in the files of an office program as the identifier among their core
properties, in a PDF as a comment before its end. What anybody saves anew has another checksum, or none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from typing import Final

_CORE: Final = "docProps/core.xml"
_TYPES: Final = "[Content_Types].xml"
_SAID: Final = rb"workshop-tui (?:\S+ for \S+ )([0-9a-f]{32})"
_IDENTIFIER: Final = re.compile(rb"<dc:identifier\b[^>]*>" + _SAID + rb"</dc:identifier>")
_ANY_IDENTIFIER: Final = re.compile(rb"<dc:identifier\b[^>]*(?:/>|>.*?</dc:identifier>)", re.DOTALL)
_CORE_ENDS: Final = b"</cp:coreProperties>"
_COMMENT: Final = re.compile(rb"% " + _SAID + rb"\n(?=startxref\s+[0-9]+\s+%%EOF\s*\Z)")
_PDF_ENDS: Final = re.compile(rb"startxref\s+[0-9]+\s+%%EOF\s*\Z")
_DAWN: Final = (1980, 1, 1, 0, 0, 0)
"""The first moment an archive knows: no file tells when it was written, so that it is always the same."""
_LARGEST_CORE: Final = 256 * 1024
_LARGEST: Final = 200 * 1024 * 1024
_MOST_PARTS: Final = 5_000


def sign_package(content: bytes, account: str, audience: str) -> bytes:
    """Return a file of an office program with the signature in it, and with no time in its archive."""
    from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

    with ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    bare = _ANY_IDENTIFIER.sub(b"", parts[_CORE])
    parts[_CORE] = bare
    told = f"workshop-tui {account} for {audience} {_checksum(account, iter(sorted(parts.items())))}"
    identifier = f'<dc:identifier xmlns:dc="http://purl.org/dc/elements/1.1/">{told}</dc:identifier>'
    parts[_CORE] = bare.replace(_CORE_ENDS, identifier.encode() + _CORE_ENDS)
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda name: (name != _TYPES, name)):
            entry = ZipInfo(name, _DAWN)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, parts[name])
    return written.getvalue()


def sign_pdf(content: bytes, account: str, audience: str) -> bytes:
    """Return a PDF with the signature in it: where no table of its objects has to know of it."""
    told = f"% workshop-tui {account} for {audience} {_checksum(account, iter([('', content)]))}\n"
    end = _PDF_ENDS.search(content)
    if end is None:
        raise ValueError("it is no whole PDF")
    return content[: end.start()] + told.encode() + content[end.start() :]


def is_signed(content: bytes, account: str) -> bool:
    """Whether a binary file is an export of an account, as it was written."""
    if content.startswith(b"%PDF-"):
        found = _COMMENT.search(content)
        if found is None:
            return False
        bare = content[: found.start()] + content[found.end() :]
        return found[1].decode() == _checksum(account, iter([("", bare)]))
    return content.startswith(b"PK\x03\x04") and _is_signed_package(content, account)


def _is_signed_package(content: bytes, account: str) -> bool:
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(BytesIO(content)) as archive:
            infos = archive.infolist()
            known = {info.filename: info for info in infos}
            if (
                len(known) != len(infos)
                or len(infos) > _MOST_PARTS
                or sum(info.file_size for info in infos) > _LARGEST
                or _CORE not in known
                or known[_CORE].file_size > _LARGEST_CORE
            ):
                return False
            core = archive.read(_CORE)
            found = _IDENTIFIER.search(core)
            if found is None:
                return False
            bare = core[: found.start()] + core[found.end() :]
            parts = ((name, bare if name == _CORE else archive.read(name)) for name in sorted(known))
            return found[1].decode() == _checksum(account, parts)
    except (BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
        return False  # it is broken, or kept by a password


def _checksum(account: str, parts: Iterator[tuple[str, bytes]]) -> str:
    found = sha256(account.encode() + b"\n")
    for name, part in parts:
        found.update(f"{name}\n{len(part)}\n".encode())
        found.update(part)
    return found.hexdigest()[:32]
