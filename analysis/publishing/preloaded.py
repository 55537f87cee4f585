"""What the fork server imports before it forks: all that a worker or the kernel of a report will use.

Nothing here may run a thread, read a story or draw: a fork has the memory of the server, and none of its threads.
"""

from __future__ import annotations

import gc

from nbformat.v4 import new_notebook

from analysis.publishing import (
    figures,
    own,
    passages,
    rendering,
    running,
    summaries,
    tables,
    texts,
    utterances,
)

__all__ = ["figures", "own", "passages", "rendering", "running", "summaries", "tables", "texts", "utterances"]

rendering.render(new_notebook())  # nbconvert imports some of what it needs when it is first used
gc.enable()
gc.collect()
gc.freeze()  # what lies here is not looked through again, nor copied, in every fork
