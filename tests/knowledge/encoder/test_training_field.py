"""What training on the product's own field must not get wrong: what is held out, what is read, what is paired."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from knowledge.encoder import load_encoder
from knowledge.encoder.encoder import BUILT_IN
from knowledge.encoder.training.field import texts
from knowledge.encoder.training.field.check import check
from knowledge.encoder.training.field.pairs import fact_pairs, field_sources, paired, word_pairs
from knowledge.encoder.training.field.texts import Field, answers, facts_of, place_of, read_field
from knowledge.encoder.training.pieces import LONGEST_PIECE, pieces_of, train_tokenizer
from knowledge.encoder.training.sources import Article
from knowledge.encoder.training.split import is_field_held_out
from knowledge.library import load_library

SHEET = """---
title: 某市轮岗办法
source_urls:
  - https://example.org/a
verified: seen
---

# 某市轮岗
- **年限**：正职满5年应当交流（见 https://example.org/b ）。副职满8年可以交流。
| 项 | 归类 | 要点 |
|---|---|---|
| （一） | 担当 | 紧要关头退缩 [未核实] |

```yaml
rules: [{id: a}]
```
"""
LAWS = [Article("公务员法 第一条", "", "国家实行公务员交流制度。"), Article("森林法 第二条", "", "森林属于国家所有。")]


@pytest.fixture(scope="module")
def field(tmp_path_factory: pytest.TempPathFactory) -> Field:
    shared = tmp_path_factory.mktemp("shared")
    (shared / "facts").mkdir()
    (shared / "facts" / "sheet.md").write_text(SHEET, encoding="utf-8")
    return read_field(shared, LAWS)


def test_a_synonym_trains_or_checks_and_never_both(field: Field) -> None:
    assert len(field.synonyms) + len(field.held_out) == len(load_library().vocabulary.synonyms)
    assert 0.10 < len(field.held_out) / len(load_library().vocabulary.synonyms) < 0.20
    assert not any(is_field_held_out(one.say) for one in field.synonyms)


def test_no_held_out_question_is_in_any_pair(field: Field) -> None:
    tokenizer = train_tokenizer([one.question for one in (*field.synonyms, *field.held_out)] * 2)
    held_out = {tuple(pieces) for pieces in pieces_of(tokenizer, [one.question for one in field.held_out])}
    trained = {tuple(pieces) for pieces in pieces_of(tokenizer, [one.question for one in field.synonyms])}
    pairs = [pair for source in field_sources(tokenizer, field, 1) for pair in source.draw(np.random.default_rng(0))]
    seen = {tuple(text) for pair in pairs for text in (pair.query, pair.document)}
    assert trained & seen
    assert not (held_out - trained) & seen


def test_only_laws_about_officials_count_for_the_field(field: Field) -> None:
    assert [law.title for law in field.laws] == ["公务员法 第一条"]


def test_a_fact_is_a_line_without_markup(field: Field) -> None:
    first, second = (fact for fact in field.facts if fact.text != "归类，要点")
    assert first.labels == ("年限",)
    assert first.text == "年限：正职满5年应当交流（见  ）。副职满8年可以交流。"
    assert (second.title, second.heading) == ("某市轮岗办法", "某市轮岗")
    assert (second.labels, second.text) == (("担当",), "担当，紧要关头退缩")


def test_neighbouring_sentences_are_pairs() -> None:
    pairs = list(fact_pairs(list(facts_of(SHEET))))
    assert ("年限：正职满5年应当交流（见  ）。", "副职满8年可以交流。") in pairs
    assert ("某市轮岗办法，某市轮岗", "担当，紧要关头退缩") in pairs


def test_a_question_is_about_the_longest_place_it_names() -> None:
    places = load_library().vocabulary.jurisdictions
    assert place_of("衡东县的干部几年该挪位子？", places) == "衡东县"
    assert place_of("XX市容错要走哪些程序？", places) == "XX市"
    assert place_of("几年该挪位子？", places) is None


def test_answers_hold_a_standard_term_in_the_place_named() -> None:
    library = load_library()
    for synonym in library.vocabulary.synonyms[:20]:
        for row in answers(synonym, library):
            clause = library.clauses[row]
            place = place_of(synonym.question, library.vocabulary.jurisdictions)
            assert place in {None, library.editions[clause.ref.edition].jurisdiction}
            assert any(term in "\n".join((*clause.headings, clause.heading, clause.text)) for term in synonym.means)


def test_all_terms_of_one_word_are_answers_to_it(field: Field) -> None:
    tokenizer = train_tokenizer([f"{one.say}，{'，'.join(one.means)}" for one in field.synonyms] * 2)
    two = next(one for one in field.synonyms if len(one.means) > 1)
    pairs = paired(tokenizer, word_pairs([two]))
    assert {len(pair.answers) for pair in pairs[::2]} == {len(two.means)}


def test_short_words_to_be_kept_are_pieces_however_rare() -> None:
    pieces = train_tokenizer(["干部交流任职"] * 9, kept=["挪窝", "KPI", "87后", "交流任职", "岗位轮换制"]).get_vocab()
    assert {"挪窝", "kpi", "交流任职"} <= pieces.keys()
    assert not {"87后", "岗位轮换制"} & pieces.keys()


def test_the_shipped_tokenizer_knows_the_words_of_the_field(field: Field) -> None:
    vocabulary = Tokenizer.from_file(str(BUILT_IN / "tokenizer.json")).get_vocab()
    short = {word.lower() for word in field.words if len(word) <= LONGEST_PIECE and word.isalpha()}
    assert {"容错", "墩苗", "挪窝", "交流任职", "担当指数"} <= short & vocabulary.keys()
    assert len(short & vocabulary.keys()) > 0.9 * len(short), "too many words are newer than the weights: train again"


def test_the_shipped_weights_know_words_of_the_field_they_were_not_trained_on() -> None:
    figures = check(load_encoder(None))
    assert figures.same > figures.apart + 0.15
    assert figures.first_10 > 0.85


def test_the_evaluation_questions_are_never_read() -> None:
    folder = Path(texts.__file__).parents[1]
    assert not [file for file in folder.rglob("*.py") if "datasets" in file.read_text(encoding="utf-8")]
