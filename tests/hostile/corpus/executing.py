"""A repository whose own settings name programs for git to run."""

import os

from corpus.case import aside, bad, canary, commit, configure, git, put


def dirty(root):
    """Make the index doubt a tracked file, so that git looks at its content."""
    os.utime(root / "README.md", (1, 1))
    (root / "SECURITY.md").write_bytes((root / "SECURITY.md").read_bytes())


def attributes(root, text):
    put(root, ".git/info/attributes", text)
    dirty(root)


@bad("executing")
def fsmonitor(root):
    configure(root, f"[core]\n\tfsmonitor = {canary(root)}\n")
    dirty(root)


@bad("executing")
def fsmonitor_included(root):
    put(aside(root), "more", f"[core]\n\tfsmonitor = {canary(root)}\n")
    configure(root, f"[include]\n\tpath = {aside(root)}/more\n")
    dirty(root)


@bad("executing")
def fsmonitor_included_conditionally(root):
    put(aside(root), "more", f"[core]\n\tfsmonitor = {canary(root)}\n")
    configure(root, f'[includeIf "gitdir:**"]\n\tpath = {aside(root)}/more\n')
    dirty(root)


@bad("executing")
def fsmonitor_of_the_working_tree(root):
    configure(root, "[extensions]\n\tworktreeConfig = true\n")
    put(root, ".git/config.worktree", f"[core]\n\tfsmonitor = {canary(root)}\n")
    dirty(root)


@bad("executing")
def filters(root):
    configure(
        root, f'[filter "evil"]\n\tclean = {canary(root)}\n\tsmudge = {canary(root)}\n\trequired = true\n'
    )
    attributes(root, "* filter=evil\n")


@bad("executing")
def long_running_filter(root):
    configure(root, f'[filter "evil"]\n\tprocess = {canary(root)}\n')
    attributes(root, "* filter=evil\n")


@bad("executing")
def textconv(root):
    configure(root, f'[diff "evil"]\n\ttextconv = {canary(root)}\n\tcachetextconv = true\n')
    attributes(root, "* diff=evil\n")


@bad("executing")
def external_diff(root):
    configure(root, f'[diff]\n\texternal = {canary(root)}\n[diff "evil"]\n\tcommand = {canary(root)}\n')
    attributes(root, "* diff=evil\n")


@bad("executing")
def hooks_elsewhere(root):
    for name in (
        "post-index-change",
        "post-checkout",
        "reference-transaction",
        "pre-auto-gc",
        "query-watchman",
    ):
        (aside(root) / name).symlink_to(canary(root))
    configure(root, f"[core]\n\thooksPath = {aside(root)}\n")
    dirty(root)


@bad("executing")
def hooks_of_the_repository(root):
    (root / ".git/hooks").mkdir(exist_ok=True)
    for name in ("post-index-change", "post-checkout", "reference-transaction", "fsmonitor-watchman"):
        (root / ".git/hooks" / name).unlink(missing_ok=True)
        (root / ".git/hooks" / name).symlink_to(canary(root))
    dirty(root)


@bad("executing", blind="git")
def promisor_with_a_missing_object(root):
    blob = git(root, "rev-parse", "HEAD:README.md")
    git(root, "unpack-file", blob)
    for path in root.glob(".merge_file_*"):
        path.unlink()
    (root / ".git/objects" / blob[:2] / blob[2:]).unlink()
    configure(
        root,
        f"[core]\n\tsshCommand = {canary(root)}\n\tgitProxy = {canary(root)}\n[extensions]\n\tpartialClone = origin\n"
        '[remote "origin"]\n\turl = ssh://example.invalid/a\n\tpromisor = true\n\tpartialclonefilter = blob:none\n'
        f"\tuploadpack = {canary(root)}\n",
    )


@bad("executing")
def remote_helper(root):
    configure(
        root,
        f'[protocol "ext"]\n\tallow = always\n[remote "origin"]\n\turl = ext::{canary(root)} %S\n'
        f"[credential]\n\thelper = !{canary(root)}\n[core]\n\taskPass = {canary(root)}\n",
    )


@bad("executing")
def submodule_with_settings_of_its_own(root):
    part = aside(root) / "part"
    part.mkdir()
    git(part, "init", "-q")
    put(part, "a.md", "# A\n")
    commit(part)
    git(root, "submodule", "--quiet", "add", str(part), "parts/one")
    git(root, "commit", "-qm", "Add a part")
    settings = root / ".git/modules/parts/one/config"
    settings.write_text(
        settings.read_text() + f"[core]\n\tfsmonitor = {canary(root)}\n\thooksPath = {aside(root)}\n"
    )
    (aside(root) / "post-index-change").symlink_to(canary(root))
    configure(root, '[submodule "parts/one"]\n\tignore = none\n\tactive = true\n')
    put(root, "parts/one/a.md", "# B\n")


@bad("executing")
def nested_submodules(root):
    inner, outer = aside(root) / "inner", aside(root) / "outer"
    for folder in (inner, outer):
        folder.mkdir()
        git(folder, "init", "-q")
        put(folder, "a.md", "# A\n")
        commit(folder)
    git(outer, "submodule", "--quiet", "add", str(inner), "deep")
    git(outer, "commit", "-qm", "Nest")
    git(root, "submodule", "--quiet", "add", str(outer), "parts")
    git(root, "submodule", "--quiet", "update", "--init", "--recursive")
    git(root, "commit", "-qm", "Add parts")
    for settings in (root / ".git/modules").rglob("config"):
        settings.write_text(settings.read_text() + f"[core]\n\tfsmonitor = {canary(root)}\n")
    put(root, "parts/deep/a.md", "# B\n")


@bad("executing")
def bare_repository_among_the_documents(root):
    nested = root / "docs/evil.git"
    git(root, "init", "-q", "--bare", str(nested))
    settings = nested / "config"
    settings.write_text(
        settings.read_text().replace("bare = true", "bare = false")
        + f"\tfsmonitor = {canary(root)}\n\tworktree = ..\n"
    )
    put(root, "docs/evil.git/refs/heads/main", git(root, "rev-parse", "HEAD") + "\n")


@bad("executing")
def signatures(root):
    configure(
        root,
        f"[log]\n\tshowSignature = true\n[gpg]\n\tprogram = {canary(root)}\n"
        '[pretty]\n\tmine = "%G? %GS"\n[format]\n\tpretty = mine\n',
    )
    text = git(root, "cat-file", "commit", "HEAD")
    head, _, body = text.partition("\n\n")
    signed = f"{head}\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n iQ\n -----END PGP SIGNATURE-----\n\n{body}\n"
    made = git(root, "hash-object", "-t", "commit", "-w", "--stdin", input=signed.encode())
    git(root, "update-ref", "HEAD", made)


@bad("executing")
def pager_editor_and_aliases(root):
    program = canary(root)
    configure(
        root,
        f"[core]\n\tpager = {program}\n\teditor = {program}\n[pager]\n\tlog = {program}\n\tls-files = {program}\n"
        f"[alias]\n\tls-files = !{program}\n\tlog = !{program}\n\trev-parse = !{program}\n[sequence]\n\teditor = {program}\n",
    )


@bad("executing")
def other_drivers(root):
    program = canary(root)
    configure(
        root,
        f'[merge "evil"]\n\tdriver = {program}\n[trailer "task-done"]\n\tcommand = {program}\n\tcmd = {program}\n'
        f"[tar \"tar.gz\"]\n\tcommand = {program}\n[core]\n\talternateRefsCommand = {program}\n"
        f"[uploadpack]\n\tpackObjectsHook = {program}\n[interactive]\n\tdiffFilter = {program}\n",
    )  # fmt: skip
    attributes(root, "* merge=evil ident export-subst text working-tree-encoding=UTF-16\n")


@bad("executing", variables={"PATH": ".:{aside}:{path}"}, sole=True)
def a_git_in_the_working_folder(root):
    for folder in (root,):
        put(folder, "git", f"#!/bin/sh\necho started >> '{aside(root)}/started'\n").chmod(0o755)


@bad(
    "executing",
    variables={
        "GIT_DIR": "{aside}/other",
        "GIT_WORK_TREE": "/",
        "GIT_COMMON_DIR": "{aside}",
        "GIT_OBJECT_DIRECTORY": "{aside}",
        "GIT_EXTERNAL_DIFF": "{aside}/canary",
        "GIT_SSH_COMMAND": "{aside}/canary",
        "GIT_PAGER": "{aside}/canary",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "core.fsmonitor",
        "GIT_CONFIG_VALUE_0": "{aside}/canary",
        "GIT_CONFIG_PARAMETERS": "'core.fsmonitor={aside}/canary'",
        "GIT_EXEC_PATH": "{aside}",
        "GIT_TRACE": "{aside}/started",
        "GIT_TRACE2_EVENT": "{aside}/started",
        "GIT_REDIRECT_STDOUT": "{aside}/started",
        "GIT_REPLACE_REF_BASE": "refs/heads/",
    },
)
def variables_of_git(root):
    canary(root)
    dirty(root)


@bad("executing", codes=(1,))
def modules_that_shadow_ours(root):
    trap = f"open({str(aside(root) / 'started')!r}, 'a').write('x')\n"
    for name in (
        "conftest",
        "sitecustomize",
        "usercustomize",
        "json",
        "typing",
        "git",
        "yaml",
        "tomli",
        "pytest_productops",
    ):
        put(root, f"{name}.py", trap)
    put(
        root,
        "pytest.ini",
        "[pytest]\naddopts = -p json --basetemp=src --junitxml=../aside/started\npythonpath = .\n",
    )
    put(root, "evil.egg-info/PKG-INFO", "Metadata-Version: 2.1\nName: evil\nVersion: 1\n")
    put(
        root, "evil.egg-info/entry_points.txt", "[pytest11]\nevil = conftest\n[productops]\nevil = conftest\n"
    )


@bad("executing")
def build_files_that_run_code(root):
    trap = f"$(shell echo started >> {aside(root)}/started)"
    put(root, "GNUmakefile", f"X := {trap}\nall:\n\t{trap}\n")
    for name in ("noxfile.py", "tasks.py", "setup.py", "dodo.py", "fabfile.py", "SConstruct", "docs/conf.py"):
        put(root, name, f"open({str(aside(root) / 'started')!r}, 'a').write('x')\n")
    put(root, ".envrc", f"echo started >> {aside(root)}/started\n")
    put(root, ".git/info/grafts", "garbage\n")
