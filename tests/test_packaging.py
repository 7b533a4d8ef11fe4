"""The wheel: what is in it, what must never be, and that it serves without a checkout."""
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BUILD_INPUTS = ["pyproject.toml", "LICENSE", "hatch_build.py", "package.json", "package-lock.json", ".npmrc",
                "workshop", "templates", "static", "sessions"]

REGISTRY = re.compile(r"(registry|files|deb|index|pypi|download)\.(npmjs|pythonhosted|debian|pytorch|org)\b"
                      r'|index-url\s+\S|"resolved"\s*:')
MACHINE = re.compile(r"(?<![\w.:/])/(home|root|Users|work|farm|opt)/\w")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """A wheel built from a copy of this checkout in whose sessions/ a workshop was run."""
    folder = tmp_path_factory.mktemp("wheel")
    checkout = folder / "checkout"
    checkout.mkdir()
    for name in BUILD_INPUTS:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
        copy(ROOT / name, checkout / name)
    (checkout / "sessions/ktm482.db").write_bytes(b"what people said")
    (checkout / "sessions/my-own.toml").write_text("title = 'private'")
    subprocess.run([sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation",
                    "--no-index", "-w", folder, checkout], check=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def names(wheel):
    return set(zipfile.ZipFile(wheel).namelist())


def test_nobodys_words_are_in_the_wheel(names):
    held = {name for name in names if "/sessions/" in name or name.endswith(".db")}
    assert held == {"workshop/sessions/cop-inception.toml", "workshop/sessions/quick.toml"}


@pytest.mark.parametrize("folder", ["templates", "static"])
def test_every_template_and_static_file_is_in_the_wheel(names, folder):
    files = [name for name in tracked(folder) if (ROOT / name).exists()]
    assert files
    assert {f"workshop/{name}" for name in files} <= names


def test_browser_libraries_and_fonts_come_with_their_licences(names):
    faces = ["next.woff2", "next-ext.woff2", "mono.woff2", "next-400.ttf", "hyperlegible-next.LICENSE.txt",
             "hyperlegible-mono.LICENSE.txt"]
    scripts = ["socket.io.min.js", "socket.io.min.js.gz", "socket.io-client.LICENSE.txt",
               "idiomorph.min.js", "idiomorph.min.js.gz", "idiomorph.LICENSE.txt"]
    wanted = scripts + [f"fonts/atkinson-{face}" for face in faces]
    assert {f"workshop/static/vendor/{name}" for name in wanted} <= names


@pytest.mark.slow
def test_the_wheel_serves_pages_from_an_empty_folder(wheel, tmp_path):
    target, elsewhere = tmp_path / "target", tmp_path / "elsewhere"
    elsewhere.mkdir()
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-compile",
                    "--target", target, wheel], check=True)
    assert (target / "workshop/templates").is_dir()
    with serving(target, elsewhere) as base:
        assert "<html" in answer(f"{base}/")
        assert "Idiomorph" in answer(f"{base}/static/vendor/idiomorph.min.js")


@contextmanager
def serving(target: Path, folder: Path) -> Iterator[str]:
    """``workshop serve`` of the package in *target*, started in *folder*; gives its address."""
    port, log = free_port(), folder / "server.log"
    command = [sys.executable, "-m", "workshop", "serve", "--host", "127.0.0.1", "--port", str(port)]
    with open(log, "wb") as out:
        server = subprocess.Popen([*command, "--sessions", folder / "sessions"], cwd=folder, stdout=out, stderr=out,
                                  env={**os.environ, "PYTHONPATH": str(target), "WORKSHOP_LITE": "1"})
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", server, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


def wait_for(address: str, server: subprocess.Popen, log: Path) -> None:
    for _ in range(200):
        with suppress(urllib.error.URLError):
            answer(address)
            return
        assert server.poll() is None, log.read_text()
        time.sleep(0.1)
    pytest.fail(f"no answer in 20 s: {log.read_text()}")


def answer(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as response:
        return response.read().decode()


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


def tracked(folder: str = ".") -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z", folder], cwd=ROOT, capture_output=True, text=True, check=True)
    return listed.stdout.strip("\0").split("\0")


def test_no_file_names_a_registrys_host_or_a_machines_path():
    found = []
    for name in tracked():
        if (ROOT / name).exists() and not name.endswith((".png", ".db", ".pdf", ".docx")):
            lines = (ROOT / name).read_text().split("\n")
            found += [f"{name}:{n}" for n, line in enumerate(lines, 1) if REGISTRY.search(line) or MACHINE.search(line)]
    assert found == []
