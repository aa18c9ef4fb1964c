"""What a retrieval run looks like to people."""

from __future__ import annotations

from evals.report.charts import bars
from evals.report.page import Chart, Page, Table, figure
from evals.retrieval.labels import COST, QUALITY, called
from evals.retrieval.peers.named import PEERS
from evals.retrieval.run import Result
from evals.retrieval.standing import standing

_DRAWN = ("recall@10", "recall@100")


def page(result: Result) -> Page:
    """The report of one run."""
    systems = result.systems
    series = {QUALITY[measure]: [row[measure] for row in systems.values()] for measure in _DRAWN}
    drawing = Chart(
        "找不找得到",
        bars([called(name) for name in systems], series, "{:.3f}"),
        "前 10 条（R@10）、前 100 条（R@100）里找到的应找条文占多少，在 0 与 1 之间，越高越好。",
    )
    about = [
        f"数据：{result.dataset}，{result.queries:,} 个问题，{result.documents:,} 条条文",
        f"{len(systems)} 种方法各在一个单独的进程中测量；每问用时包含把问题变成向量，内存峰值包含程序自身。",
    ]
    if any(name in PEERS for name in systems):
        about.append(
            "四个常用库各按自己文档中的混合检索方式搭建，配内置编码器或 all-MiniLM-L6-v2，"
            "两路各取 100 条（txtai 自定）。LangChain、LlamaIndex 的 BM25 用结巴分词，"
            "txtai、Haystack 用自带的逐字切分，其余为默认设置。"
        )
    if any(name in PEERS and PEERS[name].minilm for name in systems):
        about.append("all-MiniLM-L6-v2 的条文向量一次评测只算一遍，所用时间计入每个用它的方法的建索引时间。")
    return Page(
        name="retrieval",
        title="条文检索评测",
        about=about,
        findings=[*_ours(result), *standing(result)],
        parts=[drawing, *tables(result)],
    )


def tables(result: Result) -> list[Table]:
    """Quality and cost, one row a system."""
    rows = [
        (
            called(name),
            *(figure(row[measure], 3) for measure in QUALITY),
            *(figure(row[measure]) for measure in COST),
        )
        for name, row in result.systems.items()
    ]
    note = (
        "R@k：前 k 条里找到的应找条文占多少；MRR@10：首个应找条文名次的倒数；nDCG@10：前 10 条的排序质量。"
        "这些最高为 1，越高越好。每问用时的中位数和 95% 不超过的毫秒数、建索引的秒数、内存峰值的 MB 数，越低越好。"
    )
    return [Table("检索质量、用时与内存", ("方法", *QUALITY.values(), *COST.values()), rows, note)]


def _ours(result: Result) -> list[str]:
    ours = result.systems.get("ours")
    if ours is None:
        return []
    return [f"{called('ours')}：{'，'.join(f'{QUALITY[measure]} {ours[measure]:.3f}' for measure in _DRAWN)}。"]
