"""History: what was committed, removed, renamed and tagged, and when it cannot be told."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_productops import cache
from pytest_productops.facts.history import Change, Commit, History, is_bot
from pytest_productops.facts.history.reading import commits
from pytest_productops.git import Git
from pytest_productops.repository import Repository, Unavailable

LOG = """
-- git log --
2026-01-05 ann@example.org Start [+old/guide.md] <v1.0>
2026-02-01 bot[bot]@example.org Update
2026-03-01 bob@example.org Move the guide [-old/guide.md] [+docs/guide.md] {Task-Done: restore-drill} {Reviewed-by: Ann}
2026-04-01 bob@example.org Drop the script [-scripts/run.sh] <v1.1>
-- docs/guide.md --
This guide is long enough for git to see that it was moved,
since a rename is told by the share of lines that stay.
-- old/guide.md --
This guide is long enough for git to see that it was moved,
since a rename is told by the share of lines that stay.
"""


@pytest.fixture
def history(repository):
    return repository(LOG)[History]


def test_commits_newest_first(history):
    assert [(str(c.day), c.email, c.subject) for c in history.commits] == [
        ("2026-04-01", "bob@example.org", "Drop the script"),
        ("2026-03-01", "bob@example.org", "Move the guide"),
        ("2026-02-01", "bot[bot]@example.org", "Update"),
        ("2026-01-05", "ann@example.org", "Start"),
    ]
    assert history.commits[1].trailers == (("Task-Done", "restore-drill"), ("Reviewed-by", "Ann"))
    assert {(c.status, c.path) for c in history.commits[1].changes} == {
        ("D", "old/guide.md"),
        ("A", "docs/guide.md"),
    }


def test_tags(history):
    assert [(tag.name, str(tag.day)) for tag in history.tags] == [
        ("v1.0", "2026-01-05"),
        ("v1.1", "2026-04-01"),
    ]


def test_what_was_and_is_gone(history):
    assert history.existed("scripts/run.sh")
    assert history.existed("scripts")
    assert not history.existed("scripts/other.sh")
    sha = history.commits[0].sha[:9]
    assert str(history.removal("scripts/run.sh")) == f"deleted in {sha}, 2026-04-01"
    assert str(history.removal("scripts/")) == f"deleted in {sha}, 2026-04-01"
    assert history.removal("docs/guide.md") is None


def test_a_rename_names_the_new_place(history):
    removal = history.removal("old/guide.md")
    assert removal.renamed_to == "docs/guide.md"
    assert str(removal).startswith("renamed to docs/guide.md in ")


def test_authors(history):
    assert history.authors_since(datetime.date(2026, 1, 1)) == {"ann@example.org", "bob@example.org"}
    assert history.authors_since(datetime.date(2026, 2, 15)) == {"bob@example.org"}


def test_without_git(tmp_path):
    with pytest.raises(Unavailable, match="not a git repository"):
        Repository(tmp_path)[History]


def test_without_commits(tmp_path):
    from git import Repo

    Repo.init(tmp_path).close()
    with pytest.raises(Unavailable, match="no commits yet"):
        Repository(tmp_path)[History]


def test_a_shallow_clone_is_told(repository, tmp_path):
    from git import Repo

    made = repository(LOG)
    with Repo.clone_from(f"file://{made.root}", tmp_path / "shallow", depth=1):
        pass
    with pytest.raises(Unavailable, match="fetch-depth: 0"):
        Repository(tmp_path / "shallow")[History]


def test_a_rename_chain_ends_where_the_file_is_today(repository):
    text = "the same text in every place, long enough\nfor git to see the move\nagain and again\n"
    made = repository(f"""
-- git log --
2026-01-01 ann@example.org Start
2026-02-01 ann@example.org Move [-a.md] [+b.md]
2026-03-01 ann@example.org Move on [-b.md] [+docs/c.md]
-- a.md --
{text}-- b.md --
{text}-- docs/c.md --
{text}""")
    removal = made[History].removal("a.md")
    first, second = removal.commit.short, removal.later.commit.short
    assert str(removal) == (
        f"renamed to b.md in {first}, 2026-02-01, then renamed to docs/c.md in {second}, 2026-03-01"
    )
    assert removal.now == "docs/c.md"


def test_a_folder_that_moved_as_a_whole(repository):
    text = "long enough for git to see that {0} was moved to a new home\nand nothing else\n"
    files = "".join(f"-- {d}/{n} --\n{text.format(n)}" for d in ("old", "new/x") for n in ("a.md", "b.md"))
    log = "-- git log --\n2026-01-01 a@x.org Start\n2026-02-01 a@x.org Move [-old/a.md] [-old/b.md] [+new/x/a.md] [+new/x/b.md]\n"
    assert repository(log + files)[History].removal("old/").now == "new/x"


def merged(repository):
    """A mainline with a merge: on the branch `seen.md` appears and goes again, and `old.md` is removed."""
    made = repository("-- git log --\n2026-01-01 ann@example.org Start\n-- old.md --\nx\n-- a.md --\ny\n")
    from git import Repo

    with Repo(made.root) as repo:
        as_bob = {
            "GIT_AUTHOR_NAME": "Bob",
            "GIT_AUTHOR_EMAIL": "bob@example.org",
            "GIT_COMMITTER_NAME": "Bob",
        }
        env = {
            **as_bob,
            "GIT_COMMITTER_EMAIL": "bob@example.org",
            "GIT_COMMITTER_DATE": "2026-02-01T00:00:00Z",
        }
        with repo.git.custom_environment(**env):
            repo.git.checkout("-b", "topic")
            (made.root / "seen.md").write_text("z")
            repo.git.add("seen.md")
            repo.git.commit("-m", "Add a draft")
            repo.git.rm("seen.md", "old.md")
            repo.git.commit("-m", "Drop")
            repo.git.checkout("main")
            repo.git.merge("topic", "--no-ff", "-m", "Merge pull request #7 from bob/topic")
    return Repository(made.root)


def test_a_merge_lands_what_it_brought(repository):
    history = merged(repository)[History]
    merge, start = history.landed
    assert (merge.subject, merge.merge, [str(c.status + c.path) for c in merge.changes]) == (
        "Merge pull request #7 from bob/topic", True, ["Dold.md"],
    )  # fmt: skip
    assert not start.merge
    assert [c.subject for c in history.log(merges=False)] == ["Drop", "Add a draft", "Start"]
    assert list(history.landed) == [merge, start]


def test_a_removal_names_the_commit_on_the_branch_not_the_merge(repository):
    history = merged(repository)[History]
    assert history.removal("old.md").commit.subject == "Drop"
    assert history.removal("seen.md") is None, "it never was on the mainline"
    assert not history.existed("seen.md")


def test_removals_are_remembered_and_continued(repository):
    from git import Actor, Repo

    made = repository(LOG)
    assert made[History].existed("scripts/run.sh")
    with Repo(made.root) as repo:
        repo.index.remove(["docs/guide.md"], working_tree=True)
        repo.index.commit("Drop the guide", author=Actor("a", "a@x.org"), committer=Actor("a", "a@x.org"))
    again = Repository(made.root)[History]
    assert again.removal("docs/guide.md").commit.subject == "Drop the guide"
    assert again.removal("scripts/run.sh").commit.subject == "Drop the script"
    with Repo(made.root) as repo:
        repo.git.reset("--hard", "HEAD~2")
    assert Repository(made.root)[History].removal("scripts/run.sh") is None


@pytest.mark.parametrize("saved", [{}, {"head": 3, "removed": []}, {"head": "0" * 40, "removed": {"x": "y"}}])
def test_a_cache_of_nonsense_is_no_answer(repository, saved):
    made = repository(LOG)
    cache.save(made.root, "removals", saved)
    assert made[History].existed("scripts")
    assert not made[History].existed("x")


def test_a_mailmap_unites_names(repository):
    made = repository(
        "-- git log --\n2026-01-01 ann@old.example One\n-- .mailmap --\nAnn <ann@example.org> <ann@old.example>\n"
    )
    (commit,) = made[History].log()
    assert (commit.author, commit.email) == ("Ann", "ann@example.org")


def test_reformatting_and_bulk(repository):
    made = repository("-- git log --\n2026-01-01 ann@example.org One\n-- a.md --\nx\n")
    (commit,) = made[History].landed
    assert not commit.bulk
    (made.root / ".git-blame-ignore-revs").write_text(f"# reformatted\n{commit.sha}  # all\n")
    (commit,) = Repository(made.root)[History].landed
    assert commit.bulk
    assert Commit("a", commit.day, "", "", "", changes=tuple(Change("M", str(n)) for n in range(101))).bulk


def test_log_of_paths(repository):
    history = repository(LOG)[History]
    assert [c.subject for c in history.log(paths=["docs"])] == ["Move the guide"]
    assert [[c.path for c in commit.changes] for commit in history.log(paths=["docs"], names=True)] == [
        ["docs/guide.md"]
    ]
    assert [c.subject for c in history.log(most=1)] == ["Drop the script"]
    assert [c.subject for c in history.log(since=datetime.date(2026, 3, 1))] == [
        "Drop the script",
        "Move the guide",
    ]


def test_whoever_stops_reading_ends_the_process(repository):
    made = repository(LOG)
    reading = made[Git].stream("log", "--format=%s")
    next(reading)
    reading.close()
    with pytest.raises(Unavailable, match="git log failed: "):
        list(made[Git].stream("log", "nothing-of-this-name"))


def test_a_partial_clone_is_told(repository, tmp_path):
    from git import Repo

    made = repository(LOG)
    with Repo(made.root) as repo:
        repo.git.config("uploadpack.allowFilter", "true")
    with Repo.init(tmp_path / "there") as repo:
        repo.git.clone("--no-checkout", "--filter=tree:0", f"file://{made.root}", str(tmp_path / "partial"))
    history = Repository(tmp_path / "partial")[History]
    assert len(list(history.log())) == 4
    with pytest.raises(Unavailable, match="the clone is partial"):
        history.existed("scripts/run.sh")


@pytest.mark.parametrize(
    ("name", "email", "bot"),
    [
        ("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com", True),
        ("renovate", "bot@renovateapp.com", True),
        ("Renovate Bot", "x@example.org", True),
        ("k8s-ci-robot", "k8s-ci-robot@users.noreply.github.com", True),
        ("OpenStack Proposal Bot", "openstack-infra@lists.openstack.org", True),
        ("Hosted Weblate", "hosted@weblate.org", True),
        ("ImgBot", "ImgBotHelp@gmail.com", True),
        ("pre-commit-ci-lite", "117423508+pre-commit-ci-lite[bot]@users.noreply.github.com", True),
        ("GitHub Action", "action@github.com", True),
        ("Travis CI", "travis@example.org", True),
        ("GitHub", "noreply@github.com", True),
        ("bors[bot]", "x@example.org", True),
        ("Ann Talbot", "ann.talbot@example.org", False),
        ("Jean Abbot", "abbot@example.org", False),
        ("Botond Nagy", "botond@example.org", False),
        ("Robota Ola", "robota@example.org", False),
        ("Ann", "ann@github.com", False),
        ("Github User Ann", "ann@example.org", False),
        ("Vercel Smith", "v@example.org", False),
        ("Ann", "12+ann@users.noreply.github.com", False),
        ("examplebot", "x@example.org", True),
        ("Claude", "noreply@anthropic.com", True),
        ("Claude Roy", "claude@example.org", False),
        ("Tool Releaser", "x@example.org", True),
        ("talbot", "talbot@example.org", False),
    ],
)
def test_who_is_a_program(name, email, bot):
    assert is_bot(name, email) is bot


@given(st.lists(st.binary(max_size=30), max_size=12), st.integers(1, 7))
def test_no_stream_breaks_the_reader(pieces, size):
    data = b"\0".join(pieces)
    list(commits(data[at : at + size] for at in range(0, len(data), size)))
