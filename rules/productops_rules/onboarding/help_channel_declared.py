"""ONB009."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_productops.api import Channels, Documents, Edit, Evidence, Finding, More, fixes, rule, section


@rule("ONB009", stage="operate", level="bronze", demands={"strict": {"require_response_time": True}})
def help_channel_declared(
    channels: Channels, *, require_response_time: More[bool] = False
) -> Iterator[Finding | Evidence]:
    """A newcomer can find where to ask.

    A place to ask is a forum, a chat, a mailing list, an address, or the issue tracker where it is said
    to be open to questions. It may be named in SUPPORT, the README, the contributor guide, the contact
    links of the issue chooser or an issue template for questions. Where to report bugs or vulnerabilities
    is no such place.

    Why:
        Who finds no place to ask gives up, or asks in the wrong one.
    Fix:
        Add a section `## Help` to the README with the channel, or write SUPPORT.md.
    Options:
        require_response_time: whether it must be said when an answer may be expected
    Source:
        OSPS Baseline GV-02; OpenSSF best practices, report_process; CNCF contributing template, "Ask for help".
    Bad:
        -- README.md --
        # Invoices
        Sends invoices to the customers of a shop.
        ## Support
        Only version 3 is supported.
    Bad:
        -- README.md --
        # Invoices
        Ask us in the [forum](https://forum.example.org/c/invoices).
        -- options --
        require_response_time = true
    Good:
        -- README.md --
        # Invoices
        ## Help
        Ask in #invoices on [Slack](https://acme.slack.com), or write to invoices@example.org.
    Good:
        -- README.md --
        # Invoices
        Sends invoices to the customers of a shop.
        -- .github/ISSUE_TEMPLATE/config.yml --
        contact_links:
          - name: Ask a question
            url: https://github.com/acme/invoices/discussions
            about: We answer there.
    """
    found = channels.first
    if found is None:
        where = "SUPPORT, the README, the contributor guide or the issue templates"
        fix = "add a section `## Help` to the README: the forum, chat, list or address"
        home = channels.read[0].at() if channels.read else None
        yield Finding("channel", f"no place to ask is named in {where}", home, fix=fix)
        return
    yield Evidence(found.location, f"to ask: {found.target}")
    if require_response_time and channels.response is None:
        message = "nothing says when an answer may be expected"
        yield Finding(
            "response", message, found.location, fix='write it: "we answer within two working days"'
        )


@fixes(help_channel_declared, "scaffold")
def outline(finding: Finding, documents: Documents) -> Iterator[Edit]:
    """Make a section of the README for you to write."""
    if finding.key == "channel" and finding.location:
        want = "name the forum, chat, list or address where questions are answered"
        yield from section(documents.get(finding.location.path), "Help", want)
