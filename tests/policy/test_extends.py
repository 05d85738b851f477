"""Shared policies: packages and files, what is wrong with them, and what a report tells of them."""

import hashlib
import zipfile

import pytest

from pytest_productops.policy.elsewhere import from_anywhere
from pytest_productops.policy.problems import ConfigurationError

OWN = "productops.toml"


def test_a_package_with_its_version_and_digest(settings, package):
    text = 'level = "silver"\n'
    package("acme-policy", text, version="2026.11")
    made = settings({OWN: 'extends = ["acme-policy"]\n'})
    digest = f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
    assert made.policy.extends == (("acme-policy", "2026.11", digest),)
    assert made.policy.level == "silver"


def test_a_file_is_found_from_the_one_that_names_it(settings):
    files = {OWN: 'extends = "./policies/team.toml"\n', "policies/team.toml": 'extends = "./base.toml"\n'}
    made = settings({**files, "policies/base.toml": 'level = "bronze"\n'})
    assert [each.name for each in made.policy.extends] == ["policies/base.toml", "policies/team.toml"]
    assert made.policy.level == "bronze"


def test_pyproject_may_extend(settings):
    files = {"pyproject.toml": '[tool.productops]\nextends = "./p.toml"\n', "p.toml": 'level = "silver"\n'}
    assert settings(files).policy.level == "silver"


def test_one_that_two_extend_counts_once(settings, package):
    package("base", 'level = "bronze"\n')
    package("one", 'extends = "base"\n')
    package("two", 'extends = "base"\n')
    made = settings({OWN: 'extends = ["one", "two"]\n'})
    assert [each.name for each in made.policy.extends] == ["base", "one", "two"]


MISTAKES = [
    (
        {
            OWN: 'extends = "./a.toml"\n',
            "a.toml": 'extends = "./b.toml"\n',
            "b.toml": '\nextends = ["./a.toml"]\n',
        },
        ["b.toml:2: extends goes round in a circle: a.toml -> b.toml -> a.toml"],
    ),
    (
        {OWN: 'extends = "./a.toml"\n', "a.toml": 'extends = "./a.toml"\n'},
        ["a.toml:1: extends goes round in a circle: a.toml -> a.toml"],
    ),
    (
        {OWN: 'extends = ["./none.toml", "acme-polcy"]\n'},
        [
            "productops.toml:1: no policy `acme-polcy` is installed\n    did you mean `acme-policy`?",
            "productops.toml:1: policy none.toml: none.toml cannot be read: No such file or directory",
        ],
    ),
    (
        {OWN: 'extends = ["../out.toml"]\n'},
        ["productops.toml:1: policy ../out.toml: .. leads out of the repository"],
    ),
    ({OWN: "extends = 3\n"}, ["productops.toml:1: extends = 3: expected a text or a list"]),
    (
        {OWN: 'extends = "./p.toml"\nlevl = 1\n', "p.toml": '\nlevel = "god"\nunknwn = "fail"\n'},
        [
            'p.toml:2: level = "god": expected one of bronze, silver, gold\n    did you mean `gold`?',
            "p.toml:3: unknown key `unknwn` in the file\n    did you mean `unknown`?",
            "productops.toml:2: unknown key `levl` in the file\n    did you mean `level`?",
        ],
    ),
    (
        {
            OWN: 'extends = "./p.toml"\n',
            "p.toml": '[[waivers]]\nrule = "ONB001"\nreason = "we said so"\nowner = "@a"\nexpires = 2026-12-01\n',
        },
        ["p.toml:1: a policy holds no waivers\n    they belong to a repository"],
    ),
    ({OWN: 'extends = "./p.toml"\n', "p.toml": "a = \n"}, ["p.toml:1: no TOML: Invalid value"]),
    (
        {OWN: '[rules.DEV003]\nenforce-from = "soon"\nwaivable = 3\n'},
        [
            'productops.toml:2: rules.DEV003.enforce-from = "soon": expected a day, as 2027-03-01',
            "productops.toml:3: rules.DEV003.waivable = 3: expected true or false",
        ],
    ),
    (
        {OWN: 'profile = ["service", "libary"]\nmax-waiver-days = 0\n'},
        [
            'productops.toml:1: profile[1] = "libary": expected one of default, oss-library, service,'
            " internal-product, strict\n    did you mean `oss-library`?",
            "productops.toml:2: max-waiver-days = 0: expected at least 1",
        ],
    ),
]


@pytest.mark.parametrize(("files", "expected"), MISTAKES)
def test_every_mistake_at_once(mistakes, package, files, expected):
    package("acme-policy", "")
    assert mistakes(files) == expected


def test_a_link_out_of_the_repository_is_no_policy(mistakes, tmp_path):
    (tmp_path / "secret.toml").write_text('level = "bronze"\n')
    (tmp_path / "repository").mkdir()
    (tmp_path / "repository" / "p.toml").symlink_to(tmp_path / "secret.toml")
    assert mistakes({OWN: 'extends = "./p.toml"\n'}) == [
        "productops.toml:1: policy p.toml: p.toml leads out of the repository"
    ]


def test_a_package_inside_the_repository_is_not_installed(mistakes, tmp_path, monkeypatch):
    root = tmp_path / "repository"
    info = {
        "evil/policy.toml": 'level = "bronze"\n',
        "evil-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: evil\nVersion: 1\n",
        "evil-1.dist-info/entry_points.txt": "[productops.policies]\nevil = evil:policy.toml\n",
    }
    monkeypatch.setenv("PYTHONPATH", str(root))
    monkeypatch.syspath_prepend(root)
    assert mistakes({OWN: 'extends = "evil"\n', **info}) == [
        "productops.toml:1: no policy `evil` is installed\n    pip install evil"
    ]


def test_a_package_without_its_file(mistakes, package, tmp_path):
    package("acme-policy", "")
    (tmp_path / "site" / "acme-policy-2026.11" / "acme_policy" / "policy.toml").unlink()
    (said,) = mistakes({OWN: 'extends = "acme-policy"\n'})
    assert said.startswith(
        "productops.toml:1: policy acme-policy (acme_policy:policy.toml): [Errno 2] No such file"
    )


def test_a_wheel_can_be_read_without_installing_it(tmp_path):
    path = tmp_path / "acme_policy-2026.12-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr("acme_policy/policy.toml", 'level = "gold"\n')
        wheel.writestr(
            "acme_policy-2026.12.dist-info/METADATA",
            "Metadata-Version: 2.1\nName: acme-policy\nVersion: 2026.12\n",
        )
        wheel.writestr(
            "acme_policy-2026.12.dist-info/entry_points.txt",
            "[productops.policies]\nacme-policy = acme_policy\n",
        )
    shared = from_anywhere(path, "acme-policy")
    assert (shared.name, shared.used.version, shared.document.data) == (
        "acme-policy",
        "2026.12",
        {"level": "gold"},
    )


@pytest.mark.parametrize("name", ["none.toml", "none.whl", "broken.whl"])
def test_nothing_can_be_read_there(tmp_path, name):
    (tmp_path / "broken.whl").write_text("no zip")
    with pytest.raises(ConfigurationError, match="no policy can be read there"):
        from_anywhere(tmp_path / name)


@pytest.mark.parametrize(
    ("points", "message"),
    [
        (
            "other-policy = x\nacme = y\n",
            "acme.whl holds no policy `acme-policy`; it holds: acme, other-policy",
        ),
        ("", "acme.whl holds no policy `acme-policy`"),
    ],
)
def test_a_wheel_of_another_policy(tmp_path, points, message):
    path = tmp_path / "acme.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr("acme-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: acme\nVersion: 1\n")
        wheel.writestr("acme-1.dist-info/entry_points.txt", f"[productops.policies]\n{points}")
    with pytest.raises(ConfigurationError) as caught:
        from_anywhere(path, "acme-policy")
    assert str(caught.value).splitlines()[-1].endswith(f": {message}")


@pytest.mark.parametrize("code", ["raise RuntimeError('boo')", "raise SystemExit('boo')", "def"])
def test_the_code_of_a_package_may_raise_anything(mistakes, package, tmp_path, code):
    name = f"raising-{abs(hash(code))}"
    package(name, "")
    module = tmp_path / "site" / f"{name}-2026.11" / name.replace("-", "_")
    (module / "__init__.py").write_text(code)
    (said,) = mistakes({OWN: f'extends = "{name}"\n'})
    assert said.startswith(f"productops.toml:1: policy {name} (")


def test_nothing_is_fetched(mistakes):
    assert mistakes({OWN: 'extends = "https://example.org/p.toml"\n'}) == [
        "productops.toml:1: https://example.org/p.toml: nothing is fetched\n"
        "    install the policy as a package, or keep it as a file"
    ]


def test_a_chain_that_does_not_end(mistakes):
    files = {f"p{n}.toml": f'extends = "./p{n + 1}.toml"\n' for n in range(30)}
    assert mistakes({OWN: 'extends = "./p0.toml"\n', **files, "p30.toml": ""}) == [
        "p19.toml:1: extends is nested over 20 policies deep"
    ]
