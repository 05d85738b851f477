"""The reader of Terraform's language."""

from hypothesis import given
from hypothesis import strategies as st

from pytest_productops.facts.formats.hcl import blocks

TEXT = """# a comment with { in it
resource "aws_db_instance" "main" {
  name    = "a } b" # }
  tags    = { team = "a", level = "high" }
  message = <<-EOT
    It is { slow.
    Look: https://acme.io/runbook
  EOT
  rule {
    name = "inner"
  }
  actions = [
    aws_sns_topic.page.arn,
  ]
}
"""


def test_blocks_and_attributes():
    (block,) = blocks(TEXT, "resource")
    assert (block.type, block.labels, block.line) == ("resource", ("aws_db_instance", "main"), 2)
    assert block.attribute("name") == "a } b"
    assert block.attribute("tags") == '{ team = "a", level = "high" }'
    assert block.attribute("message").split() == [
        "It",
        "is",
        "{",
        "slow.",
        "Look:",
        "https://acme.io/runbook",
    ]
    assert "aws_sns_topic.page.arn" in block.attribute("actions")
    assert block.attribute("missing") == ""
    (inner,) = block.blocks("rule")
    assert (inner.attribute("name"), inner.line) == ("inner", 9)


@given(st.text(alphabet='{}"\\n#/*<=- abcEOT$[]()', max_size=200))
def test_any_text_is_read(text):
    for block in blocks(text):
        block.attribute("a")
        list(block.blocks())
