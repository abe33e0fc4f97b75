"""The system that programs are built for: most often this one, else one that an emulator stands for."""

import platform
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class System:
    engines: tuple
    library: str  # Under which name programs ask for it,
    variable: str  # and which variable tells where to look first.
    suffix: str = ""  # Of programs.

    def program(self, folder, name):
        return folder / f"{name}{self.suffix}"

    def pipe(self, folder):
        """Where a server of pipes may listen."""
        return rf"\\.\pipe\{folder.name}" if self.suffix else f"{folder}/pipe"

    def search_path(self, folder):
        """The folder as the variable has it."""
        return f"Z:{folder}".replace("/", "\\") if self.is_emulated() else str(folder)

    def is_emulated(self):
        return self.variable == "WINEPATH"


LINUX = System(("epoll", "uring"), "libuv.so.1", "LD_LIBRARY_PATH")
BSD = System(("kqueue",), "libuv.so.1", "LD_LIBRARY_PATH")
MACOS = System(("kqueue",), "libuv.1.dylib", "DYLD_LIBRARY_PATH")
WINDOWS = System(("iocp",), "uv.dll", "PATH", ".exe")
WINE = System(("iocp",), "uv.dll", "WINEPATH", ".exe")

THIS = {"Linux": LINUX, "Darwin": MACOS, "Windows": WINDOWS}.get(platform.system(), BSD)


def of(build):
    """A folder with programs for Windows is Wine's where this is not Windows."""
    if THIS is not WINDOWS and (Path(build) / WINE.library).exists():
        return WINE
    return THIS
