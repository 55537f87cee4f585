"""Kernels: how papermill gets one for a notebook, forked where that is to be had, else an interpreter of its own.

Either way it is a process of this very interpreter and package for one notebook alone, reachable by nobody else.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner

import analysis
from analysis.publishing import fork_server, nursery, worker

SOCKET_PATH_LIMIT = 100  # a Unix socket's path holds 104 (macOS) to 108 characters


class ForkedProvisioner(LocalProvisioner):
    """As a kernel is started on this machine, but its process comes out of the nursery."""

    nursery: nursery.Nursery | None = None

    async def launch_kernel(self, cmd: list[str], **settings: Any) -> dict[str, Any]:
        """Fork a kernel; `settings` are those that jupyter_client gives `subprocess.Popen`."""
        noise = settings["stdout"].name
        self.cwd = settings.get("cwd") or os.getcwd()
        self.process = self.nursery.launch(cmd, settings["env"], str(self.cwd), noise)
        self.pid = self.process.pid
        return self.connection_info


def kernel_manager(folder: Path) -> type[AsyncKernelManager]:
    """The manager of one kernel, whose files lie in `folder`, `kernel.log` with what it says outside of its cells among them."""
    package = str(Path(analysis.__path__[0]).resolve().parent)
    environment = fork_server.FIXED | {
        "IPYTHONDIR": str(folder),
        "PYTHONPATH": os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH")))),
    }
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = KernelSpec(argv=command, display_name="Python 3", language="python", env=environment)
    use_ipc = os.name == "posix" and len(f"{folder}/kernel-ipc-5") < SOCKET_PATH_LIMIT

    class OwnKernel(AsyncKernelManager):
        kernel_spec = spec

        def __init__(self, **settings: Any):
            super().__init__(connection_file=str(folder / "kernel.json"), **settings)
            if use_ipc:
                self.transport = "ipc"

        async def start_kernel(self, **settings: Any) -> None:
            if self.provisioner is None and (found := nursery.of_this_process()) is not None:
                self.provisioner = ForkedProvisioner(kernel_id=self.kernel_id, kernel_spec=spec, parent=self)
                self.provisioner.nursery = found
            with (folder / "kernel.log").open("wb") as noise:
                await super().start_kernel(**settings, stdout=noise, stderr=noise)
            worker.kernel_id = getattr(self.provisioner, "pid", None)
            worker.heed()  # nbclient would answer for itself

    return OwnKernel
