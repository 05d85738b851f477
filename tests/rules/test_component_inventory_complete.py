"""DEV011 on components and the lists of them."""

import pytest
from productops_rules.development.component_inventory_complete import component_inventory_complete as rule

from pytest_productops.model import NotApplicable
from pytest_productops.testing import findings

PARTS = {f"services/{name}/Dockerfile": "FROM python\n" for name in ("web", "mail", "pay")}
TABLE = "# Shop\n\n| Component | Owner |\n| --- | --- |\n| web | @ann |\n| [mail](services/mail) | @bob |\n| `services/pay` | @bob |\n"


def keys(archive, **options):
    return sorted(finding.key for finding in findings(rule, {**PARTS, **archive}, **options))


@pytest.mark.parametrize(
    "path", ["README.md", "ARCHITECTURE.md", "docs/architecture.md", "docs/components.md", "docs/services.md"]
)
def test_usual_places(path):
    assert keys({path: TABLE}) == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("| web | @ann |\n", "", ["missing:services/web", "owner:services/web"]),
        ("| web | @ann |", "| web | |", ["owner:services/web"]),
        ("| web | @ann |", "| web | @ann |\n| `services/old` | @ann |", ["stale:services/old"]),
        ("@", "", []),
    ],
)
def test_mutations(old, new, found):
    assert keys({"README.md": TABLE.replace(old, new)}) == found


def test_a_list_with_owners_of_code():
    files = {"README.md": "# Shop\n\n- `services/web`: the shop\n- **mail**\n- [pay](services/pay)\n"}
    assert keys(files) == ["owners"]
    assert keys({**files, "CODEOWNERS": "/services/ @acme/shop\n"}) == []
    assert keys({**files, "CODEOWNERS": "/services/web/ @acme/shop\n"}) == [
        "owner:services/mail",
        "owner:services/pay",
    ]


def test_a_catalogue():
    entity = "kind: Component\nmetadata:\n  name: {}\nspec:\n  owner: shop\n"
    whole = "---\n".join(entity.format(name) for name in ("web", "mail", "pay"))
    assert keys({"catalog-info.yaml": whole}) == []
    files = {f"services/{name}/catalog-info.yaml": entity.format(name) for name in ("web", "mail")}
    assert keys(files) == ["missing:services/pay", "owner:services/pay"]
    assert keys({"catalog-info.yaml": "kind: [\n"}) == ["inventory"]


def test_no_inventory_and_an_accidental_one():
    assert keys({"README.md": "# Shop\n\nSells things.\n"}) == ["inventory"]
    assert keys({"README.md": "# Shop\n\n- It runs in the web\n- and pays well.\n"}) == ["inventory"]
    assert keys({"docs/components.md": ""}) == ["inventory"]


def test_members_of_a_workspace_charts_and_states():
    files = {
        "package.json": '{"name": "shop", "workspaces": ["packages/*"]}',
        "packages/cart/package.json": '{"name": "@shop/cart"}',
        "packages/test-utils/package.json": '{"name": "@shop/test-utils"}',
        "charts/invoices/Chart.yaml": "name: invoices\n",
        "infra/network/main.tf": 'terraform {\n  backend "s3" {}\n}\n',
        "infra/production/main.tf": 'terraform {\n  backend "s3" {}\n}\n',
        "examples/demo/Dockerfile": "FROM python\n",
    }
    (finding,) = findings(rule, files)
    assert finding.message.startswith("there are 3 components")
    assert [str(each.note) for each in finding.evidence] == [
        "charts/invoices",
        "infra/network",
        "packages/cart",
    ]


def test_few_components():
    with pytest.raises(NotApplicable):
        findings(rule, {"services/web/Dockerfile": "FROM python\n"})
    assert keys({"README.md": TABLE}, min_components=1) == []
