"""The two commands of a fresh checkout: ``python3 dev.py run`` and ``python3 dev.py test``.

Standard library only.  The file parses under Python 3.6, so that whoever has an old one is told so.
"""
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENV = ROOT / ".venv"
PYTHON = ENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
READY = ENV / "ready.txt"       # written last: for which Python and folder, from which inputs, with which extras
BUILT = ROOT / "static/vendor/stamp.txt"
INPUTS = ["pyproject.toml", "constraints.txt", "package.json", "package-lock.json", "hatch_build.py"]
USAGE = "Usage: python3 dev.py run [options of workshop serve] | python3 dev.py test [options of pytest]"


def ensure(extras):
    """Make .venv hold the project with *extras*, at once where it does already; what is broken is made anew."""
    home = "%d.%d in %s" % (sys.version_info[0], sys.version_info[1], ROOT)
    inputs = hashlib.sha256(b"".join((ROOT / name).read_bytes() for name in INPUTS)).hexdigest()
    before = READY.read_text() if READY.exists() and PYTHON.exists() else ""
    made_for, made_from, had = (before.split("\n") + ["", "", ""])[:3]
    have = set(filter(None, had.split(","))) if made_for == home else set()
    if (made_for, made_from) == (home, inputs) and have.issuperset(extras) and BUILT.exists():
        return
    check_machine(2.5 if "embeddings" in set(extras) - have else 0.8)
    print("Setting up the environment. The first time takes a few minutes.", flush=True)
    if made_for != home:
        import venv
        venv.create(str(ENV), clear=True, with_pip=True, symlinks=os.name != "nt")
    wanted = ",".join(sorted(have.union(extras)))
    READY.write_text("")        # stays empty where this is interrupted: the next start makes the environment anew
    failed = install(".[%s]" % wanted if wanted else ".")
    READY.write_text(before if failed else "\n".join([home, inputs, wanted]))
    if failed:
        sys.exit("Setting up failed; pip says why above. It needs the network, for Python and npm packages.\n"
                 "Then start again. WORKSHOP_LITE=1 downloads far less: no sentence encoder.")


def install(project):
    """Install *project* as a link to this checkout; return pip's exit code."""
    # Compiling everything would double the time: Python compiles what is imported, when it is.
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-compile", "--disable-pip-version-check"]
    return subprocess.call(pip + ["-c", "constraints.txt", "-e", project], cwd=str(ROOT))


def check_machine(gigabytes):
    """Exit with a sentence where this machine cannot hold the environment."""
    if not all(map(importlib.util.find_spec, ["venv", "ensurepip"])):
        sys.exit("This Python cannot make environments.\n"
                 "On Debian and Ubuntu: apt install python3-venv. Then start again.")
    free = shutil.disk_usage(str(ROOT)).free / 1e9
    if free < gigabytes:
        sys.exit("The disk is too full: setting up needs %.1f GB in %s,\n"
                 "and %.1f GB are free. Make room, then start again." % (gigabytes, ROOT, free))


def become(*command):
    """Run *command* in place of this process (on Windows: wait for it and exit as it did)."""
    os.chdir(str(ROOT))
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)     # what is imported is compiled once: see install
    if os.name == "nt":
        sys.exit(subprocess.call([str(PYTHON), *command]))
    os.execv(str(PYTHON), [str(PYTHON), *command])


def main(arguments):
    if sys.version_info < (3, 11):
        sys.exit("This needs Python 3.11 or later; this is %d.%d. Start it with a newer one." % sys.version_info[:2])
    if arguments[:1] not in (["run"], ["test"]):
        print(USAGE, file=sys.stderr)
        sys.exit(2)
    lite = os.environ.get("WORKSHOP_LITE") == "1"
    if arguments[0] == "run":
        ensure([] if lite else ["embeddings"])
        become("-m", "workshop", "serve", *arguments[1:])
    else:
        ensure(["test"] if lite else ["embeddings", "multilingual", "test"])
        become("-m", "gevent.monkey", "--module", "pytest", *arguments[1:])     # live tests need a patched process


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
