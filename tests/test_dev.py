"""What dev.py says and does where a machine lacks something, and after a set-up that was cut short."""
import ast
import os
import shutil
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import pytest

import dev

ROOT = Path(__file__).parents[1]
NAMES = dev.INPUTS
INSTALL = dev.install


@pytest.fixture
def fresh(tmp_path, monkeypatch):
    """dev in an empty checkout, on a machine with room; venv and pip are a Machine."""
    for name in NAMES:
        (tmp_path / name).write_text(name)
    env = tmp_path / ".venv"
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "ENV", env)
    monkeypatch.setattr(dev, "PYTHON", env / "python")
    monkeypatch.setattr(dev, "READY", env / "ready.txt")
    monkeypatch.setattr(dev, "BUILT", tmp_path / "stamp.txt")
    machine = Machine(env)
    monkeypatch.setattr("venv.create", machine.create)
    monkeypatch.setattr(dev, "install", machine.install)
    dev.BUILT.write_text("built")
    return machine


class Machine:
    """Stands in for venv and pip, which take a minute and the network: it notes what they were asked."""

    def __init__(self, env):
        self.env, self.pip, self.made, self.installed = env, 0, 0, []

    def create(self, folder, **options):
        self.env.mkdir(exist_ok=True)
        (self.env / "python").touch()
        (self.env / "ready.txt").unlink(missing_ok=True)
        self.made += 1

    def install(self, project):
        self.installed.append(project)
        if self.pip == "interrupted":
            raise KeyboardInterrupt
        return self.pip


def test_an_old_python_can_read_the_file():
    ast.parse((ROOT / "dev.py").read_text(), feature_version=(3, 6))


def test_an_old_python_is_named(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit, match="needs Python 3.11 or later; this is 3.9"):
        dev.main(["run"])


@pytest.mark.parametrize("arguments", [[], ["serve"], ["--help"]])
def test_a_wrong_word_gets_the_two_commands(arguments):
    done = subprocess.run([sys.executable, ROOT / "dev.py", *arguments], capture_output=True, text=True)
    assert done.returncode == 2
    assert "dev.py run" in done.stderr and "dev.py test" in done.stderr


def test_a_full_disk_is_told_before_anything_is_made(fresh, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("shutil.disk_usage", lambda place: usage(10e9, 9e9, 1e9))
    with pytest.raises(SystemExit, match=r"needs 2\.5 GB in .*\nand 1\.0 GB are free"):
        dev.ensure(["embeddings"])
    assert fresh.made == 0
    dev.ensure([])
    assert fresh.made == 1                      # without the encoder there is room


def test_a_python_without_venv_is_told_what_to_install(fresh, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "ensurepip" else object())
    with pytest.raises(SystemExit, match="apt install python3-venv"):
        dev.ensure([])
    assert fresh.made == 0


def test_a_failing_pip_is_explained_and_tried_again(fresh):
    fresh.pip = 1
    with pytest.raises(SystemExit, match="It needs the network"):
        dev.ensure([])
    fresh.pip = 0
    dev.ensure([])
    assert fresh.installed == [".", "."]


def test_without_a_network_pip_says_why_and_dev_what_to_do(fresh, monkeypatch, capfd):
    for name in NAMES:
        shutil.copy(ROOT / name, dev.ROOT)
    monkeypatch.setattr(dev, "install", INSTALL)
    monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))
    for variable, value in {"PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull, "PIP_FIND_LINKS": ""}.items():
        monkeypatch.setenv(variable, value)
    with pytest.raises(SystemExit, match="Setting up failed"):
        dev.ensure([])
    assert "hatchling" in capfd.readouterr().err


def test_the_second_start_installs_nothing(fresh):
    dev.ensure(["embeddings"])
    dev.ensure(["embeddings"])
    dev.ensure([])
    assert fresh.installed == [".[embeddings]"]


def test_an_extra_is_added_to_what_is_there(fresh):
    dev.ensure(["embeddings"])
    dev.ensure(["test"])
    dev.ensure(["embeddings", "test"])
    assert (fresh.made, fresh.installed) == (1, [".[embeddings]", ".[embeddings,test]"])


def test_an_interrupted_set_up_is_made_anew(fresh):
    fresh.pip = "interrupted"
    with pytest.raises(KeyboardInterrupt):
        dev.ensure([])
    fresh.pip = 0
    dev.ensure([])
    assert fresh.made == 2


def test_an_update_that_fails_leaves_the_environment_as_it_was(fresh):
    dev.ensure(["test"])
    (dev.ROOT / "pyproject.toml").write_text("changed")
    fresh.pip = 1
    with pytest.raises(SystemExit):
        dev.ensure(["test"])
    fresh.pip = 0
    dev.ensure(["test"])
    assert (fresh.made, len(fresh.installed)) == (1, 3)


@pytest.mark.parametrize("what", ["BUILT", "PYTHON", "READY"])
def test_what_was_deleted_comes_back(fresh, what):
    dev.ensure([])
    getattr(dev, what).unlink()
    dev.ensure([])
    assert len(fresh.installed) == 2
    assert fresh.made == (1 if what == "BUILT" else 2)


def test_an_environment_of_another_folder_is_made_anew(fresh):
    dev.ensure([])
    dev.READY.write_text(dev.READY.read_text().replace(str(dev.ROOT), "elsewhere"))
    dev.ensure([])
    assert fresh.made == 2


def test_the_tests_get_every_encoder_and_a_workshop_the_first(fresh, monkeypatch):
    monkeypatch.setattr(dev, "become", lambda *command: None)
    monkeypatch.delenv("WORKSHOP_LITE", raising=False)
    dev.main(["run"])
    dev.main(["test"])
    assert fresh.installed == [".[embeddings]", ".[embeddings,multilingual,test]"]


def test_lite_leaves_the_encoder_out(fresh, monkeypatch):
    became = []
    monkeypatch.setattr(dev, "become", lambda *command: became.append(command))
    monkeypatch.setenv("WORKSHOP_LITE", "1")
    dev.main(["test", "-k", "votes"])
    assert fresh.installed == [".[test]"]
    assert became == [("-m", "gevent.monkey", "--module", "pytest", "-k", "votes")]
