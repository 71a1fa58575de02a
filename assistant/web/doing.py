"""What is being done to a library, as HTML: progress, then what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from assistant.backups import size_line
from assistant.messages import explain, say
from assistant.working import State
from index import Outcome, Progress
from index.writer import What

ORDER: tuple[What, ...] = ("refused", "added", "updated", "duplicate", "unchanged")
"""Outcomes as they are told: what has to be seen to first."""
SHOWN = 100
"""Files of one outcome that are named."""


def doing_html(state: State, language: str = "zh") -> str:
    """Nothing before anything was done."""
    if not state.doing:
        return ""
    if state.running:
        return f'<div class="yj-doing" role="status">{_running(state, language)}</div>'
    if state.error:
        told = f'<p class="yj-error" role="alert">{escape(explain(state.error, language))}</p>'
        return f'<div class="yj-doing yj-ill">{told}{_outcomes(state, language)}</div>'
    tone = "yj-ill" if state.problems else "" if state.outcomes or state.stopping else "yj-well"
    return f'<div class="yj-doing {tone}" role="status">{_done(state, language)}</div>'


def _running(state: State, language: str) -> str:
    name = say(f"doing.{state.doing}", language)
    if state.doing != "add" and not state.progress:
        return f"<p>{escape(name)}</p><progress></progress>"
    progress = state.progress or Progress(0, 0, 0, 0, 0.0)
    told = say("doing.stopping", language) if state.stopping else progress_line(progress, language)
    done, whole = progress.passages, max(progress.expected, progress.passages)
    if progress.to_judge:
        done, whole = progress.judged, progress.to_judge
    value = f' value="{done}" max="{whole}"' if whole else ""
    stop = (
        ""
        if state.stopping or progress.to_judge
        else (
            f'<p class="yj-actions"><button type="button" data-act="stop:">{escape(say("doing.stop", language))}</button></p>'
        )
    )
    bar = f'<progress{value} aria-label="{escape(name)}"></progress>'
    return f"<p>{escape(told)}</p>{bar}{stop}"


def progress_line(progress: Progress, language: str) -> str:
    """How far adding is, how fast, and how long it will still take.

    >>> progress_line(Progress(5, 10, 600, 1200, 20.0), "zh")
    '正在读取 5/10 个文件 · 检索片段 600/约 1200 · 每秒 30 · 约还需 20 秒'
    """
    if progress.to_judge:
        return say("add.judged", language, done=progress.judged, of=progress.to_judge)
    if not progress.of_files:
        return say("doing.unpacking", language)
    told = [say("doing.files", language, files=progress.files, of=progress.of_files)]
    if progress.expected:
        told.append(say("doing.passages", language, passages=progress.passages, expected=progress.expected))
    if progress.passages and progress.seconds > 0:
        rate = progress.passages / progress.seconds
        left = max(0, progress.expected - progress.passages) / rate
        told.append(say("doing.rate", language, rate=round(rate)))
        told.append(
            say(
                "doing.minutes" if left >= 90 else "doing.seconds",
                language,
                left=round(left / 60 if left >= 90 else left),
            )
        )
    return " · ".join(told)


def _done(state: State, language: str) -> str:
    if state.doing == "add":
        stopped = "doing.stopped" if state.outcomes else "doing.nothing"
        lead = f"<p>{escape(say(stopped, language))}</p>" if state.stopping or not state.outcomes else ""
        return lead + _outcomes(state, language)
    if state.doing == "verify" and state.problems:
        found = "".join(f"<li>{escape(problem)}</li>" for problem in state.problems)
        return f'<p class="yj-error">{escape(say("doing.problems", language))}</p><ul>{found}</ul>'
    if state.backup:
        told = say("doing.backup.done", language, path=state.backup.path, size=size_line(state.backup.size))
        return f"<p>{escape(told)}</p>"
    return f"<p>{escape(say(f'doing.{state.doing}.done', language, count=state.removed))}</p>"


def _outcomes(state: State, language: str) -> str:
    if not state.outcomes:
        return ""
    tally = Counter(outcome.what for outcome in state.outcomes)
    total = "　".join(f"{say(what, language)} {tally[what]}" for what in ORDER if tally[what])
    cleaned = dict(state.cleaned)
    groups = "".join(
        _group(what, [o for o in state.outcomes if o.what == what], cleaned, language) for what in ORDER if tally[what]
    )
    return f'<p class="yj-tally">{escape(total)}</p>{groups}'


def _group(what: str, outcomes: Sequence[Outcome], cleaned: dict[str, int], language: str) -> str:
    listed = "".join(_line(outcome, cleaned.get(outcome.id, 0), language) for outcome in outcomes[:SHOWN])
    rest = len(outcomes) - SHOWN
    more = f"<li>{escape(say('doing.rest', language, count=rest))}</li>" if rest > 0 else ""
    opened = " open" if what == "refused" or len(outcomes) <= 5 else ""
    return f'<details class="yj-outcomes yj-{what}"{opened}><summary>{escape(say(what, language))} {len(outcomes)}</summary><ul>{listed}{more}</ul></details>'


def _line(outcome: Outcome, cleaned: int, language: str) -> str:
    name = escape(outcome.name)
    if outcome.code:
        return f"<li>{name}{say('colon', language)}{escape(say(f'refused.{outcome.code}', language, detail=outcome.detail))}</li>"
    address = f"/document/{quote(outcome.id)}"
    took = (
        f' <a href="{address}?removed=1#removed" target="_blank" rel="noopener">{escape(say("doing.cleaned", language, count=cleaned))}</a>'
        if cleaned
        else ""
    )
    return f'<li><a href="{address}" target="_blank" rel="noopener">{name}</a>{took}</li>'
