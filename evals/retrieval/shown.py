"""What a retrieval run looks like to people."""

from __future__ import annotations

from evals.report.charts import bars
from evals.report.page import Chart, Page, Table, figure
from evals.retrieval.run import Result

_SYSTEM = {"ours": "本产品的检索", "encoder": "只用句向量", "bm25": "只用词语匹配（BM25）"}
_QUALITY = {
    "recall@1": "第 1 条内找到（召回率）",
    "recall@5": "前 5 条内找到（召回率）",
    "recall@10": "前 10 条内找到（召回率）",
    "recall@100": "前 100 条内找到（召回率）",
    "mrr@10": "首个正确条文的名次倒数（MRR@10）",
    "ndcg@10": "排序质量（nDCG@10）",
}
_COST = {
    "p50_ms": "每问用时（毫秒），中位数",
    "p95_ms": "每问用时（毫秒），95% 不超过",
    "build_s": "建索引（秒）",
    "peak_mb": "内存峰值（MB）",
}


def page(result: Result) -> Page:
    """The report of one run."""
    names = {name: _SYSTEM.get(name, name) for name in result.systems}
    series = {names[name]: [row[measure] for measure in _QUALITY] for name, row in result.systems.items()}
    drawing = Chart("找得准不准", bars(list(_QUALITY.values()), series, "{:.3f}"), "各项在 0 与 1 之间，越高越好。")
    ours = result.systems.get("ours", {})
    found = "、".join(f"{_QUALITY[name]} {ours[name]:.3f}" for name in ("recall@10", "recall@100") if ours)
    return Page(
        name="retrieval",
        title="条文检索评测",
        about=(
            f"数据：{result.dataset}，{result.queries:,} 个问题，{result.documents:,} 条条文",
            "三种方法各在一个单独的进程中测量；内存峰值包含程序自身。",
        ),
        findings=[f"{_SYSTEM['ours']}：{found}。"] if ours else [],
        parts=[drawing, *tables(result)],
    )


def tables(result: Result) -> list[Table]:
    """Quality and cost, one column a system."""
    columns = ("指标", *(_SYSTEM.get(name, name) for name in result.systems))
    systems = result.systems.values()
    quality = [(label, *(figure(row[name], 3) for row in systems)) for name, label in _QUALITY.items()]
    cost = [(label, *(figure(row[name]) for row in systems)) for name, label in _COST.items()]
    return [Table("检索质量", columns, quality, "越高越好，最高为 1。"), Table("用时与内存", columns, cost)]
