"""From findings to a ruling: verdict, open questions, flips, due dates, receipt."""

from assistant.eligibility.ruling.asking import Followed, OpenQuestion
from assistant.eligibility.ruling.flips import Change, Due, Flip
from assistant.eligibility.ruling.receipt import Receipt, recheck
from assistant.eligibility.ruling.rulebook import Rulebook
from assistant.eligibility.ruling.ruling import Ruling, rule
from assistant.eligibility.ruling.verdict import Verdict

__all__ = [
    "Change",
    "Due",
    "Flip",
    "Followed",
    "OpenQuestion",
    "Receipt",
    "Rulebook",
    "Ruling",
    "Verdict",
    "recheck",
    "rule",
]
