from __future__ import annotations

import json
import stat
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.eligibility.case import Amount, By, Case, Day, Doubt, Fact, Quote
from assistant.eligibility.ruling import Receipt, Rulebook, recheck, rule
from assistant.eligibility.ruling.receipts_kept import keep, kept, receipt_in
from assistant.errors import UnknownReceipt, UnreadableReceipt
from knowledge.library import load_library

WORDS = "某局副局长在现岗位干了十一年"


@pytest.fixture(scope="module")
def book() -> Rulebook:
    library = load_library()
    return Rulebook(library.rules, library.clause)


@pytest.fixture(scope="module")
def receipt(book: Rulebook) -> Receipt:
    quote = (Quote(WORDS, 0, len(WORDS)),)
    facts = (
        Fact("post_kind", "单位副职", By.RULE, quote),
        Fact("years_in_post", Amount(11, float("inf")), By.RULE, quote),
        Fact("post_start", Day.parse("2013-03"), By.PERSON, quote, found=True),
    )
    doubts = {"party_conduct_problem": Doubt("party_conduct_problem", WORDS, quote)}
    case = Case(date(2024, 6, 1), {fact.name: fact for fact in facts}, doubts)
    return rule(book, book.rules.mechanism("rotation-hengdong@2024"), case).receipt


def test_a_receipt_is_kept_under_its_number_and_read_back(tmp_path: Path, receipt: Receipt, book: Rulebook) -> None:
    place = keep(receipt, tmp_path / "receipts")
    assert place == tmp_path / "receipts" / f"{receipt.number}.json"
    assert kept(receipt.number, place.parent) == receipt
    assert keep(receipt, place.parent) == place
    assert [file.name for file in place.parent.iterdir()] == [place.name]
    assert recheck(book, kept(receipt.number, place.parent)) == ()


def test_it_holds_no_words_of_the_description_and_is_for_its_owner_alone(tmp_path: Path, receipt: Receipt) -> None:
    place = keep(receipt, tmp_path)
    assert WORDS not in place.read_text(encoding="utf-8")
    assert stat.S_IMODE(place.stat().st_mode) == 0o600


def test_a_receipt_is_found_in_the_json_of_a_ruling_whatever_wrote_the_numbers(receipt: Receipt) -> None:
    held = receipt.model_dump(mode="json")
    held["facts"]["years_in_post"]["low"] = 11  # as JavaScript writes 11.0
    assert receipt_in(json.dumps({"verdict": "applies", "receipt": held}).encode()).number == receipt.number


@pytest.mark.parametrize("number", ["", "YS20240601-000000000000", "../../etc/passwd", "x" * 5000, "YS1"])
def test_an_unknown_number_is_told(tmp_path: Path, number: str) -> None:
    with pytest.raises(UnknownReceipt):
        kept(number, tmp_path)


def _changed(receipt: Receipt, **more: Any) -> bytes:
    return json.dumps(receipt.model_dump(mode="json") | more).encode()


def test_a_changed_receipt_is_refused(receipt: Receipt) -> None:
    changes: tuple[dict[str, Any], ...] = (
        {"verdict": "barred"},
        {"facts": {}},
        {"as_of": "2024-06-02"},
        {"number": "YS20240601-000000000000"},
    )
    for more in changes:
        with pytest.raises(UnreadableReceipt, match="与编号不符"):
            receipt_in(_changed(receipt, **more))


@pytest.mark.parametrize(
    "content", [b"", b"{", b"null", b"[]", b"\xff", b'{"receipt": null}', b'{"number": "x"}', b"[" * 100_000]
)
def test_what_is_no_receipt_is_told(content: bytes) -> None:
    with pytest.raises(UnreadableReceipt, match="没有可以核对的凭证"):
        receipt_in(content)


def test_a_fact_that_is_none_is_told(receipt: Receipt) -> None:
    with pytest.raises(UnreadableReceipt):
        receipt_in(_changed(receipt, facts={"post_kind": {"low": 1}}))


def test_nothing_is_left_behind_when_writing_fails(
    tmp_path: Path, receipt: Receipt, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="no space"):
        keep(receipt, tmp_path)
    assert not list(tmp_path.iterdir())
