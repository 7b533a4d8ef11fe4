"""Real disks for tests: small ones that can be filled, and files that take nothing."""
import os
import resource
import shutil
import subprocess
from pathlib import Path

import pytest

AS_ROOT = [] if os.geteuid() == 0 else ["sudo", "-n"]


class SmallDisk:
    """A file system of its own at *path*, in memory, of *size* bytes."""

    def __init__(self, path: Path, size: int) -> None:
        self.path = path
        path.mkdir()
        mounted = _root("mount", "-t", "tmpfs", "-o", f"size={size},uid={os.getuid()}", "tmpfs", path)
        if mounted.returncode:
            pytest.skip(f"No file system can be mounted here: {mounted.stderr.strip()}")

    def fill(self) -> None:
        """Leave no byte."""
        try:
            with open(self.path / "ballast", "wb", buffering=0) as file:
                while True:
                    file.write(b"x" * 4096)
        except OSError:
            assert not shutil.disk_usage(self.path).free

    def make_room(self) -> None:
        (self.path / "ballast").unlink()

    def lock(self) -> None:
        """Let it be read only; no file on it may be open."""
        assert not _root("mount", "-o", "remount,ro", self.path).returncode

    def gone(self) -> None:
        _root("umount", "--lazy", self.path)


class FailingDisk:
    """A file system of its own at *path*, of *size* bytes, which turns read-only when it fails, as memory cards do."""

    def __init__(self, path: Path, size: int) -> None:
        self.path, image = path, path.with_suffix(".img")
        path.mkdir()
        image.write_bytes(bytes(size))
        made = _root("sh", "-c", f"mkfs.ext4 -q -F {image} && mount -o loop,errors=remount-ro {image} {path} && chmod 777 {path}")
        self._fails = f"/sys/fs/ext4/{Path(_device(path)).name}/trigger_fs_error"
        if made.returncode or not Path(self._fails).exists():
            self.gone()
            pytest.skip(f"No disk can be made to fail here: {made.stderr.strip()}")

    def fail(self) -> None:
        assert not _root("sh", "-c", f"echo 1 > {self._fails}").returncode

    def gone(self) -> None:
        _root("umount", "--lazy", self.path)


def lock_file(path: Path, locked: bool = True) -> None:
    """Have the file system refuse every change of *path* and what SQLite keeps beside it, or take them again."""
    there = [f"{path}{end}" for end in ("", "-wal") if Path(f"{path}{end}").exists()]
    done = _root("chattr", "+i" if locked else "-i", *there)
    if done.returncode:
        pytest.skip(f"No file can be made immutable here: {done.stderr.strip()}")


def limit_files(pid: int, size: int = resource.RLIM_INFINITY) -> None:
    """Let process *pid* write no file beyond *size* bytes: how a quota looks from inside."""
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def _root(*words) -> subprocess.CompletedProcess:
    return subprocess.run([*AS_ROOT, *map(str, words)], capture_output=True, text=True)


def _device(path: Path) -> str:
    return next((line.split()[0] for line in Path("/proc/mounts").read_text().splitlines() if line.split()[1] == str(path)), "none")
