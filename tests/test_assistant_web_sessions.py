"""What the service remembers of each page that was opened stays small, and is not for ever."""

from __future__ import annotations

from gradio.routes import App
from starlette.routing import Mount

from assistant.web.page import build
from assistant.web.server import application
from index import Library


def test_a_session_holds_no_copy_of_the_page_and_the_oldest_is_forgotten(sample: Library) -> None:
    page = build(lambda: sample)
    application(lambda: sample, page)
    sessions = page.state_holder
    assert sessions["first"].config_values == {}
    assert sessions.capacity <= 1000
    sessions.capacity = 3
    for name in ("second", "third", "first", "fourth"):
        assert sessions[name] is sessions[name]
    assert list(sessions.session_data) == ["third", "first", "fourth"]


def test_both_languages_have_such_sessions(sample: Library) -> None:
    app = application(lambda: sample, build(lambda: sample))
    pages = [r.app.get_blocks() for r in app.routes if isinstance(r, Mount) and isinstance(r.app, App)]
    assert len(pages) == 2
    assert {type(page.state_holder).__name__ for page in pages} == {"Sessions"}
    for queue in (page._queue for page in pages):
        assert queue.pending_messages_per_session.max_size <= 1000
        assert queue.pending_event_ids_session.max_size <= 1000
        assert queue.ANALYTICS_MAX_EVENTS < 100
