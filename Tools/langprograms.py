"""Programs of testdata/lang: one file, or an archive of a module's files.

A program's first line says what it shows:

    // run [FLAGS] [ARGS]          as the programs of testdata/run (see runtests.py)
    // errors                      does not compile: FILE.out is what `go build -gcflags=-e` writes

With -lang=go1.N the file is built inside a module of that language version. A .txt file is an archive:
after the first line and remarks come the files of the module, each below a line `-- PATH --`.
The .out files are the real Go's; `runtests.py -update lang` writes them anew.
"""
import pathlib
import re


def files_of(path):
    """PATH -> text of an archive's files."""
    files, lines = {}, None
    for line in path.read_text("utf-8").splitlines(keepends=True):
        m = re.fullmatch(r"-- (\S+) --\n", line)
        if m:
            lines = files.setdefault(m.group(1), [])
        elif lines is not None:
            lines.append(line)
    return {name: "".join(text) for name, text in files.items()}


def lay_out(path, words, work):
    """Puts a program's sources below `work`: (folder, what to build, the other words of its first line)."""
    version = None
    rest = []
    for word in words:
        if word.startswith("-lang="):
            version = word[len("-lang=go"):]
        else:
            rest.append(word)
    if path.suffix == ".txt":
        for name, text in files_of(path).items():
            target = work / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
        return work, ".", rest
    if version is not None:
        work.mkdir(parents=True, exist_ok=True)
        (work / "go.mod").write_text("module test\n\ngo %s\n" % version)
        (work / path.name).write_bytes(path.read_bytes())
        return work, ".", rest
    return path.parent, path.name, rest
