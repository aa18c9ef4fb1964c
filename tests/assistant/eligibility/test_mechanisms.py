"""Every mechanism's examples are run, and together they show what each of its conditions does."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.eligibility.case import Case
from assistant.eligibility.evaluating import Finding, Standing
from assistant.eligibility.evaluating.standing import every, some
from assistant.eligibility.ruling import Ruling, Verdict, rule
from knowledge.clauses import ClauseRef
from knowledge.criteria import Condition
from knowledge.errors import FaultyLibrary
from knowledge.library import BUNDLED, load_library
from knowledge.rules import Example
from tests.assistant.eligibility.cases import bundled, settled, value_of

RULES = bundled().rules
EXAMPLES = [(mechanism, example) for mechanism, examples in RULES.examples.items() for example in examples]


def ruling_on(mechanism: str, example: Example) -> Ruling:
    facts = [settled(name, value_of(RULES.facts[name], value)) for name, value in example.facts.items()]
    return rule(bundled(), RULES.mechanisms[mechanism], Case(example.as_of).learning(*facts))


def outermost(finding: Finding, ref: ClauseRef) -> list[Finding]:
    """The findings highest in the tree that cite a clause."""
    if finding.clause == ref:
        return [finding]
    return [found for below in finding.of for found in outermost(below, ref)]


@pytest.mark.parametrize(("mechanism", "example"), EXAMPLES, ids=[f"{m}:{e.name}" for m, e in EXAMPLES])
def test_an_example_comes_to_what_it_says(mechanism: str, example: Example) -> None:
    ruling = ruling_on(mechanism, example)
    assert ruling.verdict.value == example.verdict
    if example.outcome is not None:
        assert ruling.outcome == example.outcome
    for text, expected in example.standings.items():
        found = [one.standing for tree in ruling.findings for one in outermost(tree, ClauseRef.parse(text))]
        assert Standing(expected) in {some(found), every(found)}, text


@pytest.mark.parametrize("mechanism", sorted(RULES.mechanisms))
def test_examples_show_every_condition_met_and_unmet_and_the_mechanism_open(mechanism: str) -> None:
    seen: dict[tuple[str, str], set[Standing]] = {}
    verdicts = set()
    for example in RULES.examples[mechanism]:
        ruling = ruling_on(mechanism, example)
        verdicts.add(ruling.verdict)
        for tree in ruling.findings:
            for finding in tree.walk():
                if isinstance(finding.criterion, Condition):
                    key = (finding.criterion.fact, finding.criterion.operator)
                    seen.setdefault(key, set()).add(finding.standing)
    lacking = {key for key, standings in seen.items() if not {Standing.MET, Standing.UNMET} <= standings}
    assert not lacking
    assert verdicts & {Verdict.INSUFFICIENT, Verdict.NEEDS_DETERMINATION}


def test_removing_a_cited_clause_fails_the_load_with_its_place(tmp_path: Path) -> None:
    folder = tmp_path / "mechanisms"
    shutil.copytree(BUNDLED / "mechanisms", folder)
    file = folder / "rotation-hengdong@2024" / "criteria.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"hengdong-2024@2024-02#9.1"', '"hengdong-2024@2024-02#9.99"'), encoding="utf-8")
    with pytest.raises(FaultyLibrary) as raised:
        load_library(mechanisms=folder)
    faults = [str(fault) for fault in raised.value.faults if "9.99" in fault.message]
    line = text[: text.index("#9.1")].count("\n") + 1
    assert any(fault.startswith(f"{file}:{line}:") for fault in faults)


def test_every_fault_of_the_rules_is_told_together(tmp_path: Path) -> None:
    folder = tmp_path / "mechanisms"
    shutil.copytree(BUNDLED / "mechanisms", folder)
    one = folder / "rotation-hengdong@2024" / "criteria.yaml"
    one.write_text(one.read_text(encoding="utf-8").replace("fact: post_kind", "fact: postkind"), encoding="utf-8")
    other = folder / "recall-wenzhou@2018" / "criteria.yaml"
    other.write_text(other.read_text(encoding="utf-8").replace("kind: applies", "kind: maybe"), encoding="utf-8")
    with pytest.raises(FaultyLibrary) as raised:
        load_library(mechanisms=folder)
    files = {fault.file for fault in raised.value.faults}
    assert {one, other} <= files


def test_every_fact_of_the_vocabulary_serves_a_mechanism_or_another_fact() -> None:
    used = {condition.fact for mechanism in RULES.mechanisms.values() for condition in mechanism.conditions()}
    for _ in range(2):
        used |= {source for name in used if (how := RULES.facts[name].derive) for source in how.sources}
    assert set(RULES.facts) - used == {"act_date"}
