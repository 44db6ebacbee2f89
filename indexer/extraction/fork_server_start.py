"""Begins a fork server without the search half of `indexer`: run by its path, as `fork_server_start.py SOCKET ROOM`.

The room's door loads the engine and its tables, which no reader of files asks for: they would make the start three
times as long, and each child would carry them.
"""

import sys
from pathlib import Path
from types import ModuleType

if __name__ == "__main__":
    bare = ModuleType("indexer")
    bare.__path__ = [str(Path(__file__).parents[1])]
    sys.modules["indexer"] = bare

    from indexer.extraction import fork_server

    fork_server.main()
