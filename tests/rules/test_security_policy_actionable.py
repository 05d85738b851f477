"""PRA005 on policies as they are written."""

import pytest
from productops_rules.practices.security_policy_actionable import security_policy_actionable as rule

from pytest_productops.facts.security.policy import SecurityPolicy
from pytest_productops.repository import Repository
from pytest_productops.testing import findings, findings_in, lay_out


def keys(archive, **options):
    return [finding.key for finding in findings(rule, archive, **options)]


@pytest.mark.parametrize(
    "text",
    [
        "Report vulnerabilities to security@example.org.",
        "Report to `security@example.org`.",
        "Report vulnerabilities to security [at] example [dot] org.",
        "Report vulnerabilities to security at example dot org.",
        "Please use [this form](https://forms.gle/abc) to report a vulnerability.",
        "Use https://github.com/a/b/security/advisories/new to report one.",
        "Click *Report a vulnerability* on the security tab.",
        "Send it through our [HackerOne page](https://hackerone.com/example).",
        "See the [security policy of the foundation](https://example.org/security).",
        "Report it privately to a maintainer in the chat.",
        "Open a confidential issue on GitLab.",
        "Please report it via e-mail to one of the authors.",
    ],
)
def test_private_channels(text):
    assert keys({"SECURITY.md": f"# Security policy\n\n{text}\n"}) == []


@pytest.mark.parametrize(
    "text",
    [
        "Please open an issue.",
        "Please [open an issue](https://github.com/a/b/issues/new) and say that it is about security.",
        "We take vulnerabilities seriously. Tell us about them.",
        "Use this section to tell people how to report a vulnerability.",
        "Past ones: [GHSA-1](https://github.com/a/b/security/advisories/GHSA-1), [CVE](https://cve.mitre.org/CVE-1).",
        "<!-- security@example.org -->\nReport vulnerabilities.",
        "Report vulnerabilities to [INSERT ADDRESS].",
        "Clone with git@github.com:a/b.git to see the vulnerability.",
    ],
)
def test_public_or_no_channels(text):
    assert keys({"SECURITY.md": f"# Security policy\n\n{text}\n"}) in (["private_channel"], ["policy"])


@pytest.mark.parametrize(
    "files",
    [
        {"README.md": "# A\n\n## Security\n\nReport vulnerabilities to ann@example.org.\n"},
        {"README.rst": "A\n=\n\n- **Report a security vulnerability:** https://tidelift.com/security\n"},
        {"CONTRIBUTING.md": "# C\n\nFound a security issue? Report it to ann@example.org.\n"},
        {".well-known/security.txt": "Contact: mailto:ann@example.org\nExpires: 2027-01-01T00:00:00Z\n"},
        {"SECURITY-INSIGHTS.yml": "security-contacts:\n- type: email\n  value: a@example.org\n"},
        {
            ".github/ISSUE_TEMPLATE/config.yml": "contact_links:\n- name: Hole\n  url: https://github.com/a/b/security/advisories/new\n"
        },
        {".github/SECURITY.md": "See [our policy](https://example.org/security-policy).\n"},
        {"docs/security.rst": "Security\n========\n\nPlease report security issues to ann@example.org.\n"},
        {"SECURITY": "Report security issues to ann@example.org.\n"},
        {
            "README.md": "# A\n\n### Security issues\n\nIf you discover a security vulnerability, please see"
            " [the policy](https://forge.example/a/b/security/policy).\n"
        },
    ],
)
def test_policies_in_other_places(files):
    assert keys(files) == []


@pytest.mark.parametrize(
    "files",
    [
        {"README.md": "# A\n\nSends invoices.\n\nMail ann@example.org for help.\n"},
        {
            "docs/settings.md": "# Settings\n\n[Security of notebooks:](https://example.org/security.html)\n"
            "As security policies vary we wrote of responsible practices that attackers found.\n"
        },
        {"docs/web.md": "# Security\n\nWe send a Content Security Policy. A vulnerability of browsers.\n"},
        {"docs/security.md": "# Security\n\nAll traffic is encrypted; ann@example.org wrote it.\n"},
        {"CHANGELOG.md": "# 1.0\n\nMends a security issue reported by ann@example.org.\n"},
        {
            "docs/web-security.md": "# Security considerations\n\nServers send headers.\n\nAttackers found a vulnerability.\n\n## Transport\n\n"
            "Tells the browser to use HTTPS.\n\n- https://example.org/docs/Content-Security-Policy\n"
        },
    ],
)
def test_no_policy(files):
    (finding,) = findings(rule, files)
    assert finding.key == "policy"
    assert "artifacts" in finding.fix


def test_the_place_of_the_channel_is_where_reports_go(repository):
    text = (
        "# Security policy\n\n[Advisories](https://forge.example/a/b/security) are published.\n\n"
        "[Report in private](https://forge.example/a/b/security/advisories/new).\n\nAsk sales@example.org for help.\n"
    )
    channel = repository(f"-- SECURITY.md --\n{text}")[SecurityPolicy].channel
    assert str(channel) == "SECURITY.md:5"


def test_an_empty_policy_names_its_file():
    (finding,) = findings(
        rule,
        {"SECURITY.md": "", "README.md": "# A\n\n## Security\n\nReport vulnerabilities to a@example.org.\n"},
    )
    assert (finding.key, finding.location.path) == ("policy", "SECURITY.md")


def test_a_pointer_to_the_issue_tracker_is_public():
    assert keys({"SECURITY.md": "Please report at [the tracker](https://github.com/a/b/issues).\n"}) == [
        "private_channel"
    ]


def test_a_declared_policy_of_the_organisation_passes(tmp_path):
    lay_out({"README.md": "# A\n\nWords.\n"}, tmp_path)
    assert (
        findings_in(rule, Repository(tmp_path, artifacts={"security": "https://example.org/security"})) == ()
    )


def test_response_time_and_versions_can_be_required():
    text = "# Security policy\n\nReport to a@example.org.\n"
    both = ("private_channel", "response_time", "supported_versions")
    assert sorted(keys({"SECURITY.md": text}, require=both)) == ["response_time", "supported_versions"]
    text += "\nWe answer within three days. Only the latest release is mended.\n"
    assert keys({"SECURITY.md": text}, require=both) == []
