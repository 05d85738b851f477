"""Files of our own: settings, waivers, baseline, register, definition of done."""

from corpus.case import bad, put, several

SETTINGS = "productops.toml"


def settings(text):
    return 'profile = "service"\n' + text


several(
    "settings",
    {
        "unclosed": (SETTINGS, "[x\n= 1\n"),
        "misspelt": (SETTINGS, 'profil = "service"\nselekt = ["ONB"]\n'),
        "unknown_rule": (SETTINGS, settings('ignore = ["ONB999", "no-such-rule"]\n')),
        "unknown_profile": (SETTINGS, 'profile = "servise"\n'),
        "of_the_wrong_type": (
            SETTINGS,
            'profile = 3\nselect = "ONB"\nignore = {a = 1}\nwaivers = "x"\nrules = [1]\n',
        ),
        "strange_numbers": (SETTINGS, settings("[rules.complexity-budget]\nmax-rank = -1\nmax = nan\n")),
        "conflict_markers": (
            SETTINGS,
            '<<<<<<< HEAD\nprofile = "service"\n=======\nprofile = "default"\n>>>>>>> x\n',
        ),
        "of_another_encoding": (SETTINGS, 'profile = "service"\n'.encode("utf-16")),
        "nested_deeply": (SETTINGS, lambda: settings("x = " + "[" * 3000 + "]" * 3000 + "\n")),
        "of_five_megabytes": (SETTINGS, lambda: settings("#" * 5 * 2**20 + "\n")),
        "control_characters": (
            SETTINGS,
            settings('"\\u001b[31m\\u0000" = 1\nselect = ["\\u001b]52;c;x\\u0007"]\n'),
        ),
        "extend_themselves": (SETTINGS, 'extends = ["productops.toml"]\n'),
        "extend_a_file_outside": (SETTINGS, 'extends = ["../../../etc/passwd"]\n'),
        "extend_a_network": (SETTINGS, 'extends = ["https://example.invalid/policy.toml"]\n'),
        "expression_unclosed": (SETTINGS, settings('[rules.OPS005]\ntag_pattern = "("\n')),
        "number_of_a_million_digits": (SETTINGS, lambda: settings("x = " + "9" * 10**6 + "\n")),
    },
    "productops.toml",
    codes=(2,),
)
several(
    "settings",
    {
        "select_nothing": (SETTINGS, settings('select = []\nignore = ["ALL"]\n')),
        "expression_that_takes_long": (SETTINGS, settings('[rules.OPS005]\ntag_pattern = "^((a|v|[0-9.])+)+!$"\n')),
        "places_outside": (SETTINGS, settings('[artifacts]\ncontributing = "../../../etc/passwd"\nreadme = "/etc/hostname"\n')),
        "patterns_that_take_long": (SETTINGS, settings('[artifacts]\ncontributing = "' + "**/" * 200 + '*"\n')),
    },
    codes=(1, 2),
)  # fmt: skip

several(
    "waivers",
    {
        "unclosed": (SETTINGS, settings("[[waivers]]\nrule = \n")),
        "without_a_reason": (SETTINGS, settings('[[waivers]]\nrule = "ONB012"\n')),
        "of_days_that_are_none": (SETTINGS, settings('[[waivers]]\nrule = "ONB012"\nreason = "x"\nuntil = "2026-02-30"\n')),
        "of_the_wrong_type": (SETTINGS, settings('[[waivers]]\nrule = ["ONB012"]\nreason = 3\nuntil = 5\n')),
        "for_unknown_rules": (SETTINGS, settings('[[waivers]]\nrule = "ONB999"\nreason = "x"\nuntil = 2027-01-01\n')),
    },
    "productops.toml",
    codes=(2,),
)  # fmt: skip
several(
    "waivers",
    {
        "in_comments_by_the_thousand": ("docs/more.md", lambda: "# A\n\n" + "<!-- productops: ignore[ONB999] until 9999-99-99 \x1b[31m -->\n" * 5000 + "<!-- productops:" * 5000),
    },
)  # fmt: skip

BASELINE = ".productops/baseline.toml"
several(
    "baseline",
    {
        "truncated": (BASELINE, 'format = 1\n[[finding]]\nrule = "ONB0'),
        "of_the_wrong_type": (BASELINE, "finding = 3\nformat = []\n"),
        "of_the_future": (BASELINE, "format = 99\nversion = 99\n"),
        "conflict_markers": (BASELINE, "<<<<<<< HEAD\nformat = 1\n=======\nformat = 1\n>>>>>>> x\n"),
        "of_40_megabytes": (BASELINE, lambda: "format = 1\n" + "#" * 40 * 2**20),
        "binary": (BASELINE, b"\0\xff\xfe" * 1000),
        "nested": (BASELINE, lambda: "x = " + "[" * 3000),
    },
    "baseline.toml",
    codes=(2,),
)
several("baseline", {"empty": (BASELINE, ""), "of_blank_lines": (BASELINE, "\n" * 300_000)}, codes=(1, 2))


@bad("baseline", "baseline.toml", codes=(2,))
def pipe(root):
    import os

    from corpus.case import instead

    os.mkfifo(instead(root, BASELINE))


@bad("baseline", "baseline.toml", codes=(2,))
def link_out(root):
    from corpus.case import aside, instead

    put(aside(root), "baseline.toml", "format = 1\n")
    instead(root, BASELINE).symlink_to(aside(root) / "baseline.toml")


REGISTER = ".productops/tasks.toml"
TASK = '[[task]]\nid = "t{0}"\ntitle = "T"\nowner = "@ann"\nevery = "30d"\ndoc = "docs/restore.md"\n  [[task.evidence]]\n  type = "file"\n  path = "docs/records/{0}/*.md"\n\n'
several(
    "register",
    {
        "unclosed": (REGISTER, "[[task]\nid = \n"),
        "of_the_wrong_type": (REGISTER, 'task = "x"\n'),
        "inner_of_the_wrong_type": (REGISTER, '[[task]]\nid = 3\ntitle = []\nowner = {a = 1}\nevery = -5\ndoc = 1\nevidence = "x"\nstarts = 99\n'),
        "ids_written_twice": (REGISTER, lambda: TASK.format(1) * 3),
        "conflict_markers": (REGISTER, "<<<<<<< HEAD\n[[task]]\n=======\n>>>>>>> x\n"),
        "days_out_of_range": (REGISTER, TASK.format(1).replace('"30d"', '"99999999999999999999d"') + TASK.format(2).replace('"30d"', '"0d"') + 'starts = 9999-12-31\n'),
        "binary": (REGISTER, b"\0\xff" * 500),
    },
    "tasks.toml",
)  # fmt: skip
several(
    "register",
    {
        "of_100_000_tasks": (REGISTER, lambda: "".join(f'[[task]]\nid = "t{at}"\n' for at in range(100_000))),
        "of_3000_whole_tasks": (REGISTER, lambda: "".join(TASK.format(at) for at in range(3000))),
        "patterns_that_take_long": (REGISTER, lambda: TASK.format("**/**/**/**/**/**/**/*a*a*a*a*a*a*a*b") + TASK.format("[" * 500) + TASK.format("{a,b}" * 30)),
        "evidence_outside": (REGISTER, TASK.format(1).replace("docs/records/1/*.md", "../../../etc/*") + TASK.format(2).replace("docs/records/2/*.md", "/etc/passwd")),
        "control_characters": (REGISTER, TASK.format(1).replace('"T"', '"\\u001b[31m\\u0000::error::\\u202e"')),
    },
)  # fmt: skip

DONE = ".productops/done.toml"
STAGE = '[[stage]]\nid = "{0}"\ndoc = "docs/deploy.md"\n  [[stage.criterion]]\n  id = "c"\n  text = "C"\n  check = "{1}"\n\n'
several(
    "done",
    {
        "unclosed": (DONE, "[[stage\n"),
        "of_the_wrong_type": (DONE, 'stage = "x"\n'),
        "inner_of_the_wrong_type": (DONE, '[[stage]]\nid = []\ncriterion = "x"\n[[stage]]\nid = 3\n  [[stage.criterion]]\n  check = 3\n'),
        "stages_that_ask_for_each_other": (DONE, STAGE.format("a", "rule:REP003") + STAGE.format("b", "rule:REP001")),
        "thresholds_of_nonsense": (DONE, '[[stage]]\nid = "a"\n  [[stage.criterion]]\n  id = "c"\n  text = "C"\n  check = "threshold:pyproject.toml:a.b.c >= nan"\n  params = [1]\n'),
    },
    "done.toml",
)  # fmt: skip
several(
    "done",
    {"of_5000_stages": (DONE, lambda: "".join(STAGE.format(f"s{at}", "rule:ONB001") for at in range(5000)))},
)
