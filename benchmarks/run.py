"""Measure what Zopa promises about speed and size, and print one table.

``python3 run bench`` measures Zopa alone; ``python3 run bench --negmas`` also makes an environment of its
own for NegMAS (in ``out/negmas``, never beside Zopa) and shows the ratio in the same run.  Times of
commands are processor times of the whole process, the best of several runs; nothing here is a test.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
NEGMAS = "negmas==0.16.0"


def process_times(command: list[str], repeats: int) -> tuple[float, float]:
    """Return the best processor time and the best elapsed time of a command, in seconds."""
    best, elapsed = float("inf"), float("inf")
    for _ in range(repeats):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        elapsed = min(elapsed, time.perf_counter() - start)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return best, elapsed


def measured(script: str, *arguments: str) -> dict[str, Any]:
    """Run a script of this folder and return what it prints."""
    command = [sys.executable, str(ROOT / "benchmarks" / script), *arguments]
    found: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


def negmas_python() -> Path:
    """Return the Python of an environment that holds NegMAS and nothing of ours."""
    home = ROOT / "out" / "negmas"
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        print("making an environment for NegMAS; this takes a minute", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
    known = subprocess.run([str(python), "-c", "import negmas"], capture_output=True, check=False)
    if known.returncode != 0:
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", NEGMAS], check=True)
    return python


def negmas() -> dict[str, Any]:
    """Run the same million packages through NegMAS."""
    sys.path.insert(0, str(ROOT))
    from benchmarks.million import tables

    command = [str(negmas_python()), str(ROOT / "benchmarks" / "negmas_million.py")]
    done = subprocess.run(command, input=json.dumps(tables()), check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def row(name: str, value: str, wanted: str = "") -> None:
    """Print one line of the table."""
    print(f"{name:<58} {value:>18}   {wanted}", flush=True)


def exploration() -> None:
    """Measure ensembles."""
    for readings, what in (("one", "one reading"), ("tried", "16 readings"), ("all", "all 1,024 readings")):
        found = measured("exploring.py", "ukraine", "2", "10000", readings)
        wanted = "; at most 15 s on two processors" if readings == "one" else ""
        row(f"10,000 draws of the war case, {what}", f"{found['seconds']:.1f} s", f"zone, frontier, points{wanted}")
        row("  scenarios / largest memory of a process", f"{found['scenarios']:,} / {found['megabytes']:.0f} MB")
    copied = measured("exploring.py", "memory")["gigabytes_a_second"]
    found = measured("exploring.py", "hundred-thousand", "10000")
    row("10,000 x 100,000 packages x 5 parties: zone shares", f"{found['seconds']:.1f} s", "one process; at most 10 s")
    row("  largest memory of the process", f"{found['megabytes']:.0f} MB", "at most 1 GB")
    answers = found["cells"] / found["seconds"] / 1e9
    share = 100 * answers / copied
    row("  answers a second", f"{answers:.2f} billion", f"a byte each: {share:.0f} % of what memory copies, {copied:.1f} GB/s")
    found = measured("exploring.py", "dask", "4096")
    speeds = f"{found['one']:.1f} / {found['two']:.1f} s"
    row("4,096 draws of the war case, all readings, Dask: 1 worker / 2", speeds, f"{found['ratio']:.2f} times; at least 1.7")


def scale(*, with_negmas: bool) -> None:
    """Measure settlement without listing packages."""
    for name, (seconds, vectors, packages) in measured("composing.py").items():
        wanted = "; at most 0.5 s" if "4 parties" in name or "3 parties, 5^40, 40 rules" in name else ""
        wanted = "; at most 0.05 s" if "rules" not in name and "4 parties" not in name else wanted
        row(f"frontier of {name}", f"{seconds:.4f} s", f"{vectors:,} vectors, {packages:,} packages{wanted}")
    found = measured("composing.py", "million")
    row("million packages, 3 parties: zone, frontier, points", f"{found['seconds']:.4f} s", "composed, scenario in memory")
    if with_negmas:
        other = negmas()
        ratio = other["seconds"] / found["seconds"]
        row(f"  NegMAS {other['version']}, the same packages", f"{other['seconds']:.2f} s", f"{ratio:.0f} times; at least 200")
    found = measured("composing.py", "ten-million")
    row("ten million packages, 3 parties", f"{found['seconds']:.4f} s", f"{found['peak_megabytes']:.0f} MB; at most 250 MB")
    for name, taken in measured("programming.py").items():
        many = f"slowest of {len(taken['all'])}; median {taken['median']:.2f} s"
        row(f"5 parties, 5^40, 40 rules: {name}", f"{taken['most']:.2f} s", many)


def workbench() -> None:
    """Measure the workbench in a browser."""
    found = measured("workbench.py")
    for name, where in (("ask", "one judgement dragged (ask what if)"), ("numbers", "a weight dragged (change the numbers)")):
        words = f"median {found[f'{name}_median']:.0f} ms; at most 150 ms"
        row(f"slider to painted answer, 95th percentile: {where}", f"{found[f'{name}_p95']:.0f} ms", words)
    for name in ("find", "ask", "numbers", "present"):
        row(f"first view of /{name}", f"{found[f'first_view_{name}']:.0f} ms", "at most 1,000 ms")
        row("  downloaded, all together", f"{found[f'download_{name}'] / 1000:.0f} kB", "at most 1,000 kB")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure the speed and size of Zopa.")
    parser.add_argument("--negmas", action="store_true", help="also run NegMAS, in an environment of its own")
    parser.add_argument("--ten-million", action="store_true", help="also settle ten million packages")
    parser.add_argument("--reading", action="store_true", help="measure only reading: scores and words a second")
    parser.add_argument("--explore", action="store_true", help="measure only ensembles: time, memory, workers")
    parser.add_argument("--scale", action="store_true", help="measure only settlement without listing packages")
    parser.add_argument("--workbench", action="store_true", help="measure only the workbench, in a browser")
    wanted = parser.parse_args()
    if wanted.workbench:
        workbench()
        return
    if wanted.reading:
        subprocess.run([sys.executable, str(ROOT / "benchmarks" / "reading.py")], check=True)
        return
    if wanted.scale:
        scale(with_negmas=wanted.negmas)
        return
    if wanted.explore:
        exploration()
        return
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} processors\n")
    bare, _ = process_times([sys.executable, "-c", "pass"], 5)
    row("python -c pass (yardstick)", f"{bare:.3f} s")
    case = str(ROOT / "src" / "zopa" / "cases" / "ukraine-2025")
    commands = [("zopa --help", ["--help"], 0.2, 7), ("zopa check ukraine-2025", ["check", case], 0.7, 5)]
    for name, arguments, most, repeats in commands:
        best, _ = process_times([sys.executable, "-m", "zopa", *arguments], repeats)
        row(f"{name}, processor time", f"{best:.3f} s", f"at most {most} s; {best / bare:.1f} times the yardstick")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.html"
        best, elapsed = process_times([sys.executable, "-m", "zopa", "demo", "-o", str(report)], 1)
        row("zopa demo, elapsed", f"{elapsed:.1f} s", f"at most 10 s on two processors; processor time {best:.1f} s")
        row("its report", f"{report.stat().st_size / 1000:.0f} kB")
    million = measured("million.py")
    row("million packages, 3 parties: zone, frontier, points", f"{million['first_seconds']:.2f} s", "first run; at most 0.4 s")
    row("  again in the same process", f"{million['seconds']:.2f} s")
    row("  largest memory of the process", f"{million['peak_megabytes']:.0f} MB", "at most 250 MB")
    row("  zone / frontier vectors / packages", f"{million['zone']:,} / {million['vectors']} / {million['frontier_packages']}")
    if wanted.negmas:
        other = negmas()
        row(f"  NegMAS {other['version']}, the same packages", f"{other['seconds']:.2f} s", f"{other['peak_megabytes']:.0f} MB")
        ratio = other["seconds"] / million["first_seconds"]
        row(
            "  ratio to our first run",
            f"{ratio:.0f}",
            f"NegMAS shows {other['vectors']} vectors; sums of doubles add dominated ones",
        )
    if wanted.ten_million:
        more = measured("million.py", "10", "7")
        row("ten million packages, 3 parties", f"{more['first_seconds']:.2f} s", f"{more['peak_megabytes']:.0f} MB")


if __name__ == "__main__":
    main()
