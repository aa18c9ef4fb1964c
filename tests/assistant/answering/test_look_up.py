"""A clause asked for by title and number comes without a search, from the edition in force."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answering.answer import Answer, Route, Status
from assistant.answering.assistant import Assistant
from assistant.answering.question import ask
from assistant.assembly import assemble
from assistant.settings import Settings

RULES = """---
title: 衡东县干部交流办法
short_titles: [交流办法]
issuer: 未载明
doc_number: null
level: county
jurisdiction: 衡东县
issued: {year}
in_force: {{from: {year}, until: {until}}}
topics: [rotation]
text_kind: original
source: {{title: 衡东县干部交流办法}}
verified: seen
---

## 5 交流年限

locator: 第五条

任职满{years}年的，应当交流。

### 5.2 例外

locator: 第五条第二款

距退休不足一年的，可以不交流。

## 5-1 计算

locator: 第五条之一

任职时间按月计算。
"""


@pytest.fixture(scope="module")
def holder(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("rules")
    for year, until, years in ((2010, "2019", 10), (2020, "null", 8)):
        text = RULES.format(year=year, until=until, years=years)
        (folder / f"jiaoliu@{year}.md").write_text(text, encoding="utf-8")
    return assemble(Settings(data_dir=folder / "data", documents=(folder,), _env_file=None))


def refs(answer: Answer) -> list[str]:
    return [str(citation.clause.ref) for citation in answer.citations]


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("《衡东县干部交流办法》第五条", "5"),
        ("交流办法第5条怎么说", "5"),
        ("衡东县干部交流办法第 五 条第二款", "5.2"),
        ("《交流办法》第五条之一", "5-1"),
    ],
)
def test_title_and_number_give_the_clause(holder: Assistant, question: str, number: str) -> None:
    answer = holder.answer(ask(question))
    assert answer.understood.route is Route.LOOK_UP
    assert (answer.status, refs(answer)) == (Status.ANSWERED, [f"jiaoliu@2020#{number}"])


def test_the_day_decides_the_edition(holder: Assistant) -> None:
    answer = holder.answer(ask("《交流办法》第五条", as_of="2015-06-01"))
    assert refs(answer) == ["jiaoliu@2010#5"]
    assert "满10年" in answer.text


def test_an_article_that_is_not_there_is_said_so(holder: Assistant) -> None:
    answer = holder.answer(ask("《交流办法》第九十九条"))
    assert answer.status is Status.NO_BASIS
    assert "第九十九条" in answer.text


def test_a_digest_has_no_articles(holder: Assistant) -> None:
    answer = holder.answer(ask("《衡东做法》第五条"))
    assert answer.status is Status.NO_BASIS
