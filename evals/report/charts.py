"""Drawings as SVG text: letters stay letters, so the reader's own Chinese fonts are used."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import cycle

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evals.counts import Rate

_COLOURS = ("#9b1c1c", "#2b6cb0", "#6b7280")
_FONTS = "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Source Han Sans SC',sans-serif"
_ROW_INCHES = 0.42


def rates(labels: Sequence[str], series: Mapping[str, Sequence[Rate]]) -> str:
    """Shares with their intervals, one row a label, one colour a series; what was not scored leaves no point."""
    with _drawing(len(labels)) as (figure, axes):
        for offset, (name, row), colour in zip(_offsets(len(series)), series.items(), cycle(_COLOURS), strict=False):
            for at, rate in enumerate(row):
                if rate.value is not None and rate.interval is not None:
                    low, high = rate.interval
                    axes.plot([low * 100, high * 100], [at + offset] * 2, color=colour, linewidth=2, alpha=0.45)
                    axes.plot([rate.value * 100], [at + offset], "o", color=colour, markersize=6)
            axes.plot([], [], "o-", color=colour, label=name)
        axes.set_xlim(-2, 102)
        axes.xaxis.set_major_formatter("{x:.0f}%")
        _labelled(axes, labels, legend=len(series) > 1)
        return _svg(figure)


def bars(labels: Sequence[str], series: Mapping[str, Sequence[float]], form: str, limit: float | None = None) -> str:
    """Values as bars with their figures in `form` (`{:.3f}`), one row a label, one colour a series.

    `limit` is a line across.
    """
    with _drawing(len(labels) * len(series)) as (figure, axes):
        height = 0.8 / len(series)
        for offset, (name, row), colour in zip(_offsets(len(series)), series.items(), cycle(_COLOURS), strict=False):
            places = [at + offset * 2.0 for at in range(len(row))]
            drawn = axes.barh(places, list(row), height=height, color=colour, label=name)
            axes.bar_label(drawn, labels=[form.format(value) for value in row], padding=4, fontsize=9)
        if limit is not None:
            axes.axvline(limit, color="#1f2933", linestyle="--", linewidth=1)
        axes.margins(x=0.16)
        axes.set_xlim(left=0)
        _labelled(axes, labels, legend=len(series) > 1)
        return _svg(figure)


def _offsets(count: int) -> list[float]:
    """Where the series of one row lie around its middle, within ± 0.2."""
    return [0.4 * (at + 0.5) / count - 0.2 for at in range(count)]


@contextmanager
def _drawing(rows: int) -> Iterator[tuple[Figure, Axes]]:
    with (
        mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "cadre-evals", "font.size": 11}),
        warnings.catch_warnings(),
    ):
        # The drawing keeps the letters; which font has them is the browser's matter.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font", category=UserWarning)
        figure = Figure(figsize=(9.6, max(1.8, rows * _ROW_INCHES + 1.0)))
        yield figure, figure.add_subplot()


def _labelled(axes: Axes, labels: Sequence[str], legend: bool) -> None:
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.grid(axis="x", color="#d9dee4", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(length=0)
    axes.spines[["top", "right", "left"]].set_visible(False)
    if legend:
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=4, frameon=False)


def _svg(figure: Figure) -> str:
    """The `<svg>` element alone, without a date, with our fonts."""
    figure.subplots_adjust(
        left=0.3, right=0.97, top=1 - 0.45 / figure.get_figheight(), bottom=0.4 / figure.get_figheight()
    )
    out = io.StringIO()
    figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    text = out.getvalue()
    svg = re.sub(r"<metadata>.*?</metadata>", "", text[text.index("<svg") :], flags=re.DOTALL)
    svg = re.sub(r' id="(?:figure|axes|patch|text|line2d|matplotlib\.axis|xtick|ytick|legend)[^"]*"', "", svg)
    return re.sub(r"font-family: [^;\"]*", f"font-family: {_FONTS}", svg)
