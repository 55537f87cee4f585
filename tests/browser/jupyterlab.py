"""A JupyterLab server of the tests' own, and a notebook open in it: nothing of the user's home is read or written."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

TOKEN = "parallax"
START = 90  # seconds that the server may take to start
RUN = 120_000  # milliseconds that a notebook may take to run
SETTINGS = {
    # every cell stands in the page, scrolled to or not
    "@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"},
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/docmanager-extension/plugin": {"autosave": False},
}
READY = """path => {
    const panel = window.jupyterapp.shell.currentWidget;
    return panel?.context?.path === path && panel.sessionContext?.session?.kernel?.status === 'idle';
}"""
IDLE = """() => {
    const panel = window.jupyterapp.shell.currentWidget;
    const kernel = panel?.sessionContext?.session?.kernel;
    const cells = panel?.content?.widgets?.filter(cell => cell.model.type === 'code');
    return kernel?.status === 'idle' && cells.length > 0 && cells.every(cell => cell.model.executionCount);
}"""


@contextmanager
def serving(notebooks: Path, folder: Path, **environment: str) -> Iterator[str]:
    """Serve the folder `notebooks` with settings and runtime files in `folder`; the address without token."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {
        name: folder / name.lower()
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
    }
    own |= {
        "JUPYTERLAB_SETTINGS_DIR": folder / "settings",
        "JUPYTERLAB_WORKSPACES_DIR": folder / "workspaces",
    }
    own |= {"IPYTHONDIR": folder / "ipython", "HOME": folder / "home", "MPLCONFIGDIR": folder / "matplotlib"}
    for path in own.values():
        path.mkdir(parents=True, exist_ok=True)
    for plugin, values in SETTINGS.items():
        path = folder / "settings" / f"{plugin}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values), "utf-8")
    options = [
        "--no-browser", "--expose-app-in-browser", "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0", f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={notebooks}",
        "--ServerApp.allow_root=True", "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate", "--LabApp.extension_manager=readonly",
    ]  # fmt: skip
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyter", "lab", *options],
            env=os.environ | {name: str(path) for name, path in own.items()} | environment,
            stdout=log,
            stderr=log,
        )
        address = f"http://127.0.0.1:{port}"
        try:
            _wait(server, f"{address}/api/status?token={TOKEN}", folder / "server.log")
            yield address
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait(server: subprocess.Popen, url: str, log: Path) -> None:
    end = time.monotonic() + START
    while time.monotonic() < end and server.poll() is None:
        try:
            with urlopen(url, timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"JupyterLab did not start: {log.read_text('utf-8', 'replace')[-3000:]}")


@dataclass(frozen=True)
class Opened:
    """JupyterLab in a page of a browser; what is said of a notebook is of the one in front."""

    page: object
    screenshots: Path

    def open(self, notebook: str) -> None:
        """Open a notebook and wait for its kernel."""
        self.page.evaluate(
            "path => { window.jupyterapp.commands.execute('docmanager:open', {path}); }", notebook
        )
        self.page.wait_for_function(READY, arg=notebook, timeout=60_000)

    @property
    def outputs(self):
        """The outputs of all cells."""
        return self.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-OutputArea-output")

    def run_all(self) -> None:
        """Run all cells by the menu, and wait until the kernel has nothing more to do."""
        self.page.get_by_role("menuitem", name="Run", exact=True).click()
        self.page.get_by_text("Run All Cells", exact=True).click()
        self.page.wait_for_function(IDLE, timeout=RUN)
        self.settle()

    def settle(self) -> None:
        """Wait until the kernel has been idle for a moment and the page has drawn."""
        for _ in range(3):
            self.page.wait_for_timeout(120)
            self.page.wait_for_function(IDLE, timeout=RUN)

    def theme(self, name: str) -> None:
        """Change JupyterLab's theme: Light or Dark."""
        self.page.evaluate(
            "name => window.jupyterapp.commands.execute('apputils:change-theme', {theme: `JupyterLab ${name}`})",
            name,
        )
        self.page.wait_for_selector(
            f'body[data-jp-theme-light="{str(name == "Light").lower()}"]', state="attached"
        )
        self.page.wait_for_timeout(400)

    def errors(self) -> list[str]:
        """The outputs that say that something failed."""
        failed = "[data-mime-type$='stderr'], [data-mime-type$='error']"
        return self.outputs.and_(self.page.locator(failed)).all_inner_texts()

    def close(self) -> None:
        """Stop the kernel and close the notebook."""
        self.page.evaluate(
            "() => { const panel = window.jupyterapp.shell.currentWidget;"
            " return panel.sessionContext.shutdown().then(() => { panel.dispose(); }); }"
        )

    def shoot(self, name: str) -> None:
        """Keep a picture of the window."""
        self.screenshots.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=self.screenshots / f"{name}.png")


def opened(browser, address: str, screenshots: Path) -> Opened:
    """Open the server's JupyterLab in a page of its own; nothing but the server is asked for anything."""
    page = browser.new_page(viewport={"width": 1440, "height": 1100})
    page.route(lambda url: not url.startswith((address, "data:", "blob:")), lambda route: route.abort())
    page.goto(f"{address}/lab?token={TOKEN}&reset")
    page.wait_for_function("() => window.jupyterapp?.shell.layoutModified", timeout=60_000)
    page.evaluate("window.jupyterapp.restored.then(() => window.jupyterapp.shell.collapseLeft())")
    return Opened(page, screenshots)
