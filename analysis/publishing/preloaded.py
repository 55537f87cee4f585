"""What the fork server imports before it forks: all that a worker or the kernel of a report will use.

Nothing here may run a thread, read a story or draw: a fork has the memory of the server, and none of its threads.
"""

from __future__ import annotations

import gc
import sys
from importlib import import_module

OF_KERNELS = (
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.zmqshell",
    "matplotlib_inline.backend_inline",
    "matplotlib.backends.backend_svg",
    "nltk.stem.snowball",
    "pandas.core.reshape.reshape",
    "pyarrow.dataset",
    "pyarrow.pandas_compat",
    "analysis.evidence.dictionary_formats",
    *(
        f"analysis.publishing.{name}"
        for name in ("figures", "own", "passages", "summaries", "tables", "texts", "utterances")
    ),
)
OF_WORKERS = ("analysis.publishing.rendering", "analysis.publishing.running")
NEEDLESS = "rfc3987_syntax"  # a grammar of addresses in other alphabets: a second of import for a check that no notebook asks for


def load() -> None:
    """Import all of it."""
    gc.disable()  # imports leave nothing that need be looked for
    sys.modules.setdefault(NEEDLESS, None)  # jsonschema does without it where it is not to be had
    for name in (*OF_KERNELS, *OF_WORKERS):
        import_module(name)
    if sys.modules[NEEDLESS] is None:
        del sys.modules[NEEDLESS]
    from nbformat.v4 import new_notebook

    from analysis.publishing.rendering import render

    render(new_notebook())  # nbconvert imports some of what it needs when it is first used
    gc.enable()
    gc.collect()
    gc.freeze()  # what lies here is not looked through again, nor copied, in every fork


load()
