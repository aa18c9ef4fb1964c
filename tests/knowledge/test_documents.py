"""The documents we ship: every system of the five sources is there, and no sentence of a source is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from knowledge.clauses import Gap
from knowledge.library import load_library

LIBRARY = load_library()
SEEDS = Path(__file__).parents[3] / "shared" / "sources" / "seeds"
RUN = 20
"""A run this long shared with the source is a copied sentence; titles in 《》 are names, not sentences."""

SYSTEMS = {
    "hengdong-2024@2024-02": (
        "一线工作大考察 重点工作大考核 干部作风大讲评 担当作为大激励 纪实档案 政治素质档案 五必谈 四挂钩 25%"
        " 13% 负面预警防错 联合裁定容错 跟踪管理纠错 诬告 澄清正名 能上能下 15种 百企评百岗 约谈 创客先锋奖"
        " 墩苗 跟班 10年 5年 483份 189份 106名 284名 20家 三等功 71名 367名 51人 2.3岁"
    ),
    "x-county-2021@2021": (
        "三位一体 包联 谁推荐谁负责 回头看 学法会 大讲堂 监督 能上能下 梯队导向 基层导向 实绩导向 人大政协"
        " 司法所长 8年以上 原则上 交通局 水利局 住建局 应急局 教科系统 会计 身份 直接选任公务员 党管干部"
        " 扩大民主 创新方式 建章立制"
    ),
    "wenzhou-2018@2018-09": (
        "20条 六大机制 50% 点名调训 竞争性选调 学干一体 差异化 召回管理 回炉锻造 二次择岗 六比竞赛 万人双评议"
        " 动机态度 客观条件 程序方法 性质程度 后果影响 挽回损失 1+X 联席机构 风险报备 澄清 诬告"
        " 公务员关心关爱中心 隐形台阶"
    ),
    "huangshi-2018@2018-01": (
        "公开曝光 召回 10种 有令不行 执行不力 不思进取 甘于落后 能上能下 政治管理 组织管理 履职管理 会审"
        " 回头看 狮子型 老黄牛型 猎豹型 六个一批 集中比选 招硕引博 定向选用 交流任职 挂职锻炼 跟踪培养 满10年"
        " 9种 家访 回访 任职管理"
    ),
    "xx-city-2021@2021": (
        "知事识人 四必 担当指数 一述三评 突出 优秀 良好 一般 较差 20% 4项 领跑者 回访教育周 帮扶 综合评估"
        " 影响评估 41名 2名 119名 4类 4步 6种 5种 谈话澄清 媒体澄清 暂缓 诬告 3项原则 8个方面 不可抗力 4个方面"
        " 9种 29种 6道程序 领导小组 81.5%"
    ),
}


@pytest.mark.parametrize("edition", sorted(SYSTEMS))
def test_every_system_of_the_source_is_there(edition: str) -> None:
    text = "".join(f"{c.heading}{c.text}" for c in LIBRARY.clauses if c.ref.edition == edition)
    assert [term for term in SYSTEMS[edition].split() if term not in text] == []


def test_what_a_source_only_counts_or_contradicts_is_a_clause_that_says_so() -> None:
    said = {gap: "".join(c.text for c in LIBRARY.clauses if c.gap is gap) for gap in Gap}
    for counted in ("15种", "10种", "9种", "29种", "20条", "4类"):
        assert counted in said[Gap.COUNTED], counted
    assert "6种" in said[Gap.CONFLICT]
    assert "5种" in said[Gap.CONFLICT]
    assert all("原文" in clause.text for clause in LIBRARY.clauses if clause.gap)


def test_modal_words_are_kept_apart() -> None:
    modality = {str(clause.ref): clause.modality for clause in LIBRARY.clauses}
    assert modality["hengdong-2024@2024-02#9.1"] == "应当"
    assert modality["x-county-2021@2021#7.2.1"] == "原则上"
    assert modality["xx-city-2021@2021#6.2.2"] == "可以"
    assert modality["xx-city-2021@2021#3.3.3"] == "不得"


def compact(text: str) -> str:
    return re.sub(r"\s+|《[^《》]+》", "", text)


def test_no_sentence_of_a_source_is_copied() -> None:
    if not SEEDS.is_dir():
        pytest.skip("the sources are not here")
    runs = {
        source[at : at + RUN]
        for file in SEEDS.iterdir()
        for source in (compact(file.read_text(encoding="utf-8")),)
        for at in range(len(source) - RUN + 1)
    }
    copied = [
        (str(clause.ref), text[at : at + RUN])
        for clause in LIBRARY.clauses
        for text in (compact(clause.text),)
        for at in range(len(text) - RUN + 1)
        if text[at : at + RUN] in runs
    ]
    assert copied == []
