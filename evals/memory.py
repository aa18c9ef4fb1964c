"""The most memory a process ever held."""

from __future__ import annotations

from pathlib import Path


def high_water(pid: int | str = "self") -> int:
    """Bytes of the kernel's high-water mark of resident memory; 0 when there is no such process.

    It belongs to the very program that runs; `ru_maxrss` would include the parent's memory at the fork.
    """
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")), 0)
