"""Receipts kept as files, one a ruling, named by its number; they hold no words of a description."""

from __future__ import annotations

import hashlib
import json
import os
import re
from pathlib import Path
from tempfile import NamedTemporaryFile

from pydantic import ValidationError

from assistant.eligibility.ruling.receipt import Receipt, unwritten, written
from assistant.errors import UnknownReceipt, UnreadableReceipt

_NUMBER = re.compile(r"YS\d{8}-[0-9A-F]{12}", re.ASCII)


def keep(receipt: Receipt, folder: Path) -> Path:
    """Write a receipt into `folder`: whole or not at all, and readable to its owner alone."""
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / f"{receipt.number}.json"
    with NamedTemporaryFile("w", encoding="utf-8", dir=folder, suffix=".tmp", delete=False) as file:
        try:
            file.write(receipt.model_dump_json(indent=2))
            file.flush()
            os.fsync(file.fileno())
            os.replace(file.name, place)
        except BaseException:
            os.unlink(file.name)
            raise
    return place


def kept(number: str, folder: Path) -> Receipt:
    """The receipt of this number; raises UnknownReceipt, UnreadableReceipt."""
    place = folder / f"{number}.json"
    if not _NUMBER.fullmatch(number) or not place.is_file():
        raise UnknownReceipt(number[:40])
    return receipt_in(place.read_bytes())


def receipt_in(content: bytes) -> Receipt:
    """The receipt in a saved file, or in the JSON of a ruling; raises UnreadableReceipt."""
    try:
        held = json.loads(content)
        receipt = Receipt.model_validate(held.get("receipt", held) if isinstance(held, dict) else held)
        number = _number_of(receipt)
    except (ValueError, ValidationError, RecursionError):
        raise UnreadableReceipt from None
    if number != receipt.number:
        raise UnreadableReceipt(f"凭证 {receipt.number[:40]} 的内容与编号不符，可能被改动过")
    return receipt


def _number_of(receipt: Receipt) -> str:
    """The number its content makes; raises ValueError for a fact that is none."""
    body = receipt.model_dump(mode="json", exclude={"number"})
    body["facts"] = {name: written(unwritten(value)) for name, value in receipt.facts.items()}
    digest = hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    return f"YS{receipt.as_of:%Y%m%d}-{digest[:12].upper()}"
