from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from indexer import open_engine
from tests.contract.bank import ask, document, write
from webapp.engine_door import EngineDoor


class CountingDoor(EngineDoor):
    calls: tuple[str, ...] = ()

    @contextmanager
    def around(self, call: str) -> Iterator[None]:
        self.calls += (call,)
        yield


def test_pages_that_a_result_tells_go_through_the_same_door_as_those_the_engine_tells(tmp_path: Path) -> None:
    with closing(open_engine("tantivy", tmp_path)) as engine:
        write(engine, document(1, "stöd", "annat", "stöd stöd"))
        outer = CountingDoor(inner := CountingDoor(engine))
        result = outer.search(ask("stöd"))
        assert (outer.calls, inner.calls) == (("search",), ("search",))

        assert result.page_hits([1]) == outer.page_hits(ask("stöd"), [1])
        assert outer.calls == inner.calls == ("search", "page_hits", "page_hits")
