"""Measure reading: the published scores on data that stands beside the project, and the speed beside bare spaCy.

``python3 run bench --reading`` prints one table. The data (articles of PolNeAR with human attributions, and the
reference article) is never part of the project; without it only the speed is measured, on our own text.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
ROLES = ("source", "cue", "content")


def attribution(statement: Any) -> dict[str, list[list[int]]]:
    """Return a statement in the conventions of PolNeAR.

    That corpus marks a relative pronoun ("who") as the source where we name what it stands for: where one stands
    between source and cue, it is taken.
    """
    from zopa.reading import Span

    source = [statement.source] if statement.source is not None else []
    if source and statement.relative is not None:
        source = [statement.relative]
    spans: dict[str, list[Span]] = {"source": source, "cue": [statement.cue], "content": [statement.content, *statement.further]}
    return {role: [[span.start, span.end] for span in spans[role]] for role in ROLES}


def corpus(path: Path) -> tuple[list[dict[str, Any]], int, float, float]:
    """Read a corpus; return its predictions, the number of words, and the seconds of loading and of reading."""
    from zopa.reading import Article, ReadingUnavailable, language, read_articles, split_lines

    start = time.perf_counter()
    try:
        language()
    except ReadingUnavailable as error:
        raise SystemExit(str(error)) from error
    loading = time.perf_counter() - start
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    articles = [Article(row["id"], row["text"], split_lines(row["text"])) for row in rows]
    start = time.perf_counter()
    found = []
    for reading in read_articles(articles):
        outer = [one for one in reading.statements if one.nested_in is None and one.level <= 3]
        found.append({"id": reading.article.name, "pred": [attribution(one) for one in outer]})
    seconds = time.perf_counter() - start
    return found, sum(len(row["text"].split()) for row in rows), loading, seconds


def bare(path: Path) -> float:
    """Return the seconds that spaCy alone needs for the same lines."""
    from zopa.reading import language, split_lines

    lines = []
    for row in path.read_text(encoding="utf-8").splitlines():
        text = json.loads(row)["text"]
        lines += [line.span.of(text) for line in split_lines(text) if line.kind == "text"]
    start = time.perf_counter()
    for _ in language().pipe(lines, batch_size=64):
        pass
    return time.perf_counter() - start


def main() -> None:
    """Print the scores and the speed."""
    path = SHARED / "data" / "polnear-dev" / "dev.jsonl"
    scorer = SHARED / "tools" / "score_reading.py"
    if not path.exists():
        print("the corpus is not beside this checkout: nothing to score")
        return
    predictions, words, loading, seconds = corpus(path)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "predictions.jsonl"
        file.write_text("".join(json.dumps(one) + "\n" for one in predictions), encoding="utf-8")
        print(
            subprocess.run([sys.executable, str(scorer), str(path), str(file)], capture_output=True, text=True, check=True).stdout
        )
        alone = bare(path)
        rates = f"{words / seconds:,.0f} words a second; bare spaCy {words / alone:,.0f}"
        print(f"loading {loading:.1f} s; {rates}; ratio of times {seconds / alone:.2f}")
        gold = SHARED / "article" / "gold.json"
        if gold.exists():
            article = gold.with_name("article.txt")
            command = [sys.executable, "-m", "zopa", "read", str(article), "--date", "2025-01-10", "--json"]
            read = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            file.write_text(read, encoding="utf-8")
            print("\nthe reference article")
            print(
                subprocess.run(
                    [sys.executable, str(scorer), "--statements", str(gold), str(file)],
                    capture_output=True,
                    text=True,
                    check=True,
                ).stdout
            )


if __name__ == "__main__":
    main()
