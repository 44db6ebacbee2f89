"""What only the embedded engine promises: its folder, its lock, its segments."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from indexer import EngineUnavailable, IndexBusy, SearchEngine, open_engine, open_generations
from tests.contract.bank import ask, document, found, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "index"


@pytest.fixture
def engine(folder: Path) -> SearchEngine:
    return open_engine("tantivy", folder)


def live(folder: Path) -> Path:
    """The live generation's folder."""
    return folder / open_generations("tantivy", folder).live()


@pytest.mark.parametrize("part", ["mapping", "analysis"])
def test_index_of_another_mapping_or_analysis_serves_on(engine: SearchEngine, folder: Path, part: str) -> None:
    write(engine, document(1, "ord"))
    told = live(folder) / "index.json"
    told.write_text(json.dumps({**json.loads(told.read_text()), part: "another"}))

    opened = open_engine("tantivy", folder)
    assert found(opened, "ord") == [1]
    write(opened, document(2, "ord"))
    assert found(opened, "ord") == [1, 2]


def test_index_of_a_layout_that_nobody_knows_gives_way_to_a_new_one(engine: SearchEngine, folder: Path) -> None:
    write(engine, document(1, "ord"))
    (live(folder) / "index.json").write_text('{"format": "of another program"}')
    (folder / "index.json").write_text('{"format": "tantivy 0.27, layout 2"}')

    assert found(open_engine("tantivy", folder), "ord") == []
    assert not (folder / "index.json").exists()


def test_folder_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(EngineUnavailable, match="file"):
        open_engine("tantivy", tmp_path / "file" / "index")


def test_index_that_is_gone_is_told(engine: SearchEngine, folder: Path) -> None:
    import shutil

    write(engine, document(1, "ord"))
    shutil.rmtree(folder)
    with pytest.raises(EngineUnavailable):
        engine.search(ask("ord"))


def test_engine_that_nobody_knows_is_told() -> None:
    with pytest.raises(EngineUnavailable, match="lucene"):
        open_engine("lucene", "x")


HOLDING = """
import sys
from pathlib import Path
from indexer import open_engine
from tests.contract.bank import document
with open_engine("tantivy", Path(sys.argv[1])).writing() as batch:
    batch.put(document(7, "aldrig"))
    print("holding", flush=True)
    sys.stdin.read()
"""


def test_writer_that_is_killed_leaves_lock_and_index_to_others(engine: SearchEngine, folder: Path) -> None:
    write(engine, document(1, "ord"))
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "holding\n"
        with pytest.raises(IndexBusy), engine.writing():
            pytest.fail("two writers at once")
        holder.kill()

    write(engine, document(2, "ord"))
    assert (found(engine, "ord"), found(engine, "aldrig")) == ([1, 2], [])


def test_stop_between_the_two_commits_is_mended_by_writing_again(engine: SearchEngine, folder: Path) -> None:
    """Pages are committed first; the entry's job still stands and writes both again."""
    from indexer.tantivy_engine import writer
    from indexer.tantivy_engine.folder import Folder

    write(engine, document(1, "gammalt"))
    batch = writer.Batch(Folder(live(folder)))
    batch.put(document(1, "nytt", "sida två"))
    batch._pages.commit()
    batch.close()

    assert (found(engine, "gammalt"), engine.page_counts()) == ([1], {1: 2})
    write(engine, document(1, "nytt", "sida två"))
    assert (found(engine, "nytt"), engine.page_counts()) == ([1], {1: 2})
    write(engine, document(1, "gammalt"))
    assert (found(engine, "gammalt"), engine.page_counts()) == ([1], {1: 1})


def segments(folder: Path) -> int:
    return sum(
        len(json.loads((live(folder) / part / "meta.json").read_text())["segments"]) for part in ("documents", "pages")
    )


def files(folder: Path) -> int:
    return sum(1 for _ in folder.rglob("*.*"))


def test_dead_segments_do_not_pile_up_over_many_single_updates(engine: SearchEngine, folder: Path) -> None:
    """A thousand of them are made by benchmarks.search; what piles up is seen after some dozens."""
    for number in range(200):
        write(engine, document(number % 50 + 1, f"ord sida{number}", version=number))

    assert engine.search(ask("ord")).total == 50
    assert engine.page_counts() == dict.fromkeys(range(1, 51), 1)
    assert segments(folder) <= 2 * 16
    assert files(folder) <= segments(folder) * 9 + 20


def test_changed_rights_rewrite_no_page(engine: SearchEngine, folder: Path) -> None:
    write(engine, document(1, "ett", "två", audience=["public"]))
    before = sorted((live(folder) / "pages").glob("*.idx"))
    write(engine, document(1, "ett", "två", audience=["editors"]))

    assert sorted((live(folder) / "pages").glob("*.idx")) == before


def test_two_openings_of_a_new_folder_at_once_make_one_index(folder: Path) -> None:
    opening = (
        f"from pathlib import Path; from indexer import open_engine; open_engine('tantivy', Path({str(folder)!r}))"
    )
    started = [subprocess.Popen([sys.executable, "-c", opening]) for _ in range(3)]

    assert [one.wait() for one in started] == [0, 0, 0]
    write(open_engine("tantivy", folder), document(1, "ord"))
    assert found(open_engine("tantivy", folder), "ord") == [1]


def test_second_writer_is_told_that_the_index_is_busy(engine: SearchEngine) -> None:
    with engine.writing() as batch:
        batch.put(document(1, "ord"))
        with pytest.raises(IndexBusy), engine.writing():
            pytest.fail("two writers at once")

    write(engine, document(2, "ord"))
    assert found(engine, "ord") == [1, 2]


def test_index_is_found_again_after_closing(folder: Path) -> None:
    write(open_engine("tantivy", folder), document(1, "ord"))

    assert found(open_engine("tantivy", folder), "ord") == [1]
