"""PRA005."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pytest_productops.api import Documents, Edit, Finding, More, SecurityPolicy, fixes, page, rule, section

DECLARE = "declare it: `security = ...` under [tool.productops.artifacts]"
Part = Literal["private_channel", "response_time", "supported_versions"]
MISSING = {
    "private_channel": (
        "names no private channel",
        "name an address, a form or the forge's private advisories",
    ),
    "response_time": ("does not say when a reporter hears back", "promise a first answer within some days"),
    "supported_versions": ("does not say which versions are mended", "list the versions that get fixes"),
}


@rule(
    "PRA005",
    stage="operate",
    level="bronze",
    demands={"strict": {"require": ("private_channel", "response_time", "supported_versions")}},
)
def security_policy_actionable(
    security: SecurityPolicy, *, require: More[tuple[Part, ...]] = ("private_channel",)
) -> Iterator[Finding]:
    """A finder of a vulnerability is told how to report it privately.

    Read are SECURITY, security.txt, SECURITY-INSIGHTS.yml, the links beside the issue forms, and what the
    README and other documents say of reporting vulnerabilities. A private channel is an address, a form, a
    private advisory of the forge or a bounty platform, or a link to the policy that names one; "open an
    issue" is none. A policy that the configuration declares as a URL is the organisation's and passes.

    Why:
        Who finds no private way reports in public, and everybody knows the hole before it is mended.
    Fix:
        Write SECURITY.md with one address or link. Where the organisation has a policy for all its
        repositories, declare it: `[tool.productops.artifacts] security = "https://..."`.
    Options:
        require: what the policy must say: private_channel, response_time, supported_versions
    Source:
        OSPS Baseline VM-02 and VM-03; OpenSSF Scorecard, Security-Policy; RFC 9116.
    Bad:
        -- README.md --
        # Invoices
        Sends invoices.
    Bad:
        -- SECURITY.md --
        # Security policy
        Found a vulnerability? Please open an issue at https://forge.example/invoices/issues with all details.
    Good:
        -- SECURITY.md --
        # Security policy
        Report vulnerabilities to security@example.org; please tell nobody else until there is a fix.
    Good:
        -- README.md --
        # Invoices
        ## Security
        Please report vulnerabilities [in
        private](https://github.com/example/invoices/security/advisories/new).
    """
    if security.lacking:
        document, reason = security.lacking
        yield Finding(
            "policy", f"the security policy {reason}", document.at(), fix=MISSING["private_channel"][1]
        )
        return
    if not security.place and not security.channel:
        fix = f"write SECURITY.md; if the organisation has a policy, {DECLARE}"
        yield Finding("policy", "nothing says how to report a vulnerability", fix=fix)
        return
    found = {
        "private_channel": security.channel,
        "response_time": security.response_time,
        "supported_versions": security.supported_versions,
    }
    for part in require:
        if not found[part]:
            message, fix = MISSING[part]
            yield Finding(part, f"the security policy {message}", security.place, fix=fix)


SECTIONS = {
    "private_channel": ("Report a vulnerability", "name a private address, form or advisory page"),
    "response_time": ("What happens then", "say within how many days a reporter hears back"),
    "supported_versions": ("Supported versions", "list the versions that get fixes"),
}


@fixes(security_policy_actionable, "scaffold")
def outline(finding: Finding, documents: Documents) -> Iterator[Edit]:
    """Make the policy, or the section that it lacks, for you to write."""
    if finding.key == "policy" and finding.location is None:
        yield page("SECURITY.md", "Security policy", {name: (want,) for name, want in SECTIONS.values()})
    elif finding.key in SECTIONS and finding.location:
        yield from section(documents.get(finding.location.path), *SECTIONS[finding.key])
