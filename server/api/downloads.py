"""Files to download: their names in the header."""

from __future__ import annotations

import re
from urllib.parse import quote


def attachment(title: str, number: str, ending: str) -> str:
    """The header that names a download (RFC 6266): its Chinese name by RFC 5987, and a plain one for old clients."""
    plain = re.sub(r"[^0-9A-Za-z-]", "", number)
    return f"attachment; filename=\"{plain}.{ending}\"; filename*=UTF-8''{quote(f'{title}-{number}.{ending}', safe='')}"
