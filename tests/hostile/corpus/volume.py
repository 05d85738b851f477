"""More of everything than a repository has."""

from corpus.case import bad, git, put


@bad("volume", slow=True)
def loose_refs_by_the_20_000(root):
    head = git(root, "rev-parse", "HEAD")
    for at in range(20_000):
        folder = root / f".git/refs/heads/f{at % 200}"
        if at < 200:
            folder.mkdir()
        (folder / f"b{at}").write_text(f"{head}\n")


@bad("volume", slow=True)
def packed_refs_by_the_100_000(root):
    head = git(root, "rev-parse", "HEAD")
    lines = sorted(f"{head} refs/tags/v1.0.{at}\n" for at in range(100_000))
    put(root, ".git/packed-refs", "# pack-refs with: peeled fully-peeled sorted\n" + "".join(lines))


@bad("volume", slow=True)
def files_by_the_50_000(root):
    for folder in range(50):
        (root / f"data/d{folder}").mkdir(parents=True)
        for at in range(1000):
            (root / f"data/d{folder}/f{at}.txt").touch()


@bad("volume", slow=True)
def files_by_the_60_000_in_one_folder(root):
    (root / "data").mkdir()
    for at in range(60_000):
        (root / f"data/f{at}.txt").touch()


@bad("volume", slow=True)
def documents_by_the_3000(root):
    for at in range(3000):
        put(root, f"docs/pages/p{at}.md", f"# Page {at}\n\nSee [next](p{at + 1}.md).\n")


@bad("volume", slow=True, mends=("REP009",))
def commits_by_the_30_000(root):
    head = git(root, "symbolic-ref", "HEAD")
    lines = []
    for at in range(30_000):
        text = f"Change {at}"
        lines.append(
            f"commit {head}\ncommitter a{at % 500} <a{at % 500}@example.org> {1793534400 + at} +0000\ndata {len(text)}\n{text}\n"
            + (f"from {head}^0\n" if not at else "")
        )
    git(root, "fast-import", "--quiet", input="".join(lines).encode())


@bad("volume", slow=True)
def tags_by_the_5000(root):
    tag = "tag v0.{0}.0\nfrom refs/heads/main^0\ntagger ann <ann@example.org> {1} +0000\ndata 1\nx\n"
    git(
        root,
        "fast-import",
        "--quiet",
        input="".join(tag.format(at, 1793534400 + at) for at in range(5000)).encode(),
    )


@bad("volume", slow=True)
def manifests_by_the_500(root):
    for at in range(500):
        put(
            root,
            f"packages/p{at}/package.json",
            f'{{"name": "p{at}", "version": "1.0.0", "dependencies": {{"p{at + 1}": "^1"}}}}',
        )


@bad("volume", slow=True)
def sources_of_three_megabytes(root):
    put(
        root,
        "src/parceltracker/big.py",
        "".join(f"def f{at}(x):\n    return x if x else {at}\n" for at in range(70_000)),
    )
