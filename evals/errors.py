"""What can go wrong while measuring.

EvalError
├── FaultyDataset         rows that cannot be used, all of them together
├── NothingToMeasure      a dataset without a row, a query or a judgement for what was asked
├── UnknownSystem         a name that no search to be measured has
├── MissingPackage        a system needs a package of the `evals` extra that is not installed
├── MeasuringFailed       a child process that measures one system ended without a result
└── ServerNotReady        the server process ended, or was not ready in time
"""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.errors import Fault


class EvalError(Exception):
    """A measurement that could not be made; the message says why, in Chinese."""


class FaultyDataset(EvalError):
    """Every fault of a dataset, so that one reading of the message mends them all."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        listed = "\n".join(f"  {fault}" for fault in self.faults)
        super().__init__(f"评测题有 {len(self.faults)} 处错误：\n{listed}")


class NothingToMeasure(EvalError):
    """The dataset holds nothing of what was asked for."""


class UnknownSystem(EvalError):
    """No search to be measured is called so."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"没有名为“{name}”的检索方法；可选：{'、'.join(known)}")


class MissingPackage(EvalError):
    """A system cannot be measured without this package; the message says how to install it."""

    def __init__(self, system: str, package: str) -> None:
        super().__init__(f"评测“{system}”需要 {package}，还没有安装。请运行：pip install 'cadre-assistant[evals]'")


class MeasuringFailed(EvalError):
    """The process that was to measure one system ended without a result."""


class ServerNotReady(EvalError):
    """The server process ended, or its /readyz did not answer in time."""
