"""What the harness makes of a library and an engine."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from harness.target import Target


def test_threads_find_a_new_library_at_once(tmp_path):
    libraries = [tmp_path / str(number) / "library.so" for number in range(300)]
    for library in libraries:
        library.parent.mkdir()
        library.touch()

    def found(library):
        folder = Path(Target("any", library, "1.52.0").environment()["LD_LIBRARY_PATH"])
        return os.path.samefile(folder / "libuv.so.1", library)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(found, [library for library in libraries for _ in range(8)]))


def test_another_library_gets_a_folder_of_its_own(tmp_path):
    one, other = (Target("any", tmp_path / name, "1.52.0").environment()["LD_LIBRARY_PATH"]
                  for name in ("one.so", "other.so"))
    assert one != other
