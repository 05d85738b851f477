"""PowerShell texts."""

from pytest_productops.facts.pipelines.powershell import commands


def test_only_plain_commands_are_left_on_their_lines():
    text = 'if ($IsWindows) {\n  "A=$x" >> ${env:GITHUB_ENV}\n  $a = "~/b"\n} else {\n  & .\\build.ps1 -Fast\n}\ndotnet test'
    assert commands(text) == "\n\n\n\n./build.ps1 -Fast\n\ndotnet test"
