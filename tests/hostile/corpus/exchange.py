"""YAML, TOML and JSON that libraries choke on, where the tool reads them."""

from corpus.case import bad, put, several

WORKFLOW = ".github/workflows/ci.yml"
START = "name: CI\non: [push, pull_request]\n"


def bomb(levels=9, wide=9):
    lines = ["a0: &a0 [lol, lol, lol]"]
    lines += [f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * wide)}]" for at in range(1, levels)]
    return "\n".join(lines) + "\n"


def merges():
    lines = ["a0: &a0 {k0: 1}"]
    lines += [f"a{at}: &a{at}\n  <<: [{', '.join([f'*a{at - 1}'] * 9)}]\n  k{at}: 1" for at in range(1, 60)]
    return "\n".join(lines) + "\n"


several(
    "yaml",
    {
        "aliases_that_multiply": (WORKFLOW, lambda: START + bomb(12)),
        "alias_of_itself": (WORKFLOW, START + "jobs: &a [*a]\n"),
        "alias_of_nothing": (WORKFLOW, START + "jobs: *nowhere\n"),
        "nested_100_000_deep": (WORKFLOW, lambda: START + "jobs: " + "[" * 100_000 + "\n"),
        "blocks_nested_deeply": (
            WORKFLOW,
            lambda: START + "\n".join(" " * at + "a:" for at in range(2000)) + "\n",
        ),
        "objects_of_python": (WORKFLOW, START + "jobs: !!python/object/apply:os.system ['id']\n"),
        "unclosed": (WORKFLOW, START + "jobs: {a: [\n"),
        "tabs": (WORKFLOW, START + "jobs:\n\ta: 1\n"),
        "control_characters": (WORKFLOW, START + "jobs: '\x01\x1b[31m'\n"),
        "of_five_megabytes": (WORKFLOW, lambda: START + "".join(f"k{at}: value\n" for at in range(400_000))),
    },
    "ci.yml",
)
several(
    "yaml",
    {
        "merges_that_multiply": (WORKFLOW, lambda: START + merges()),
        "keys_written_twice": (WORKFLOW, START + "jobs: {}\njobs:\n  a: {runs-on: x, steps: []}\non: push\n"),
        "strange_scalars": (
            WORKFLOW,
            START + "a: 2001-99-99\nb: !!int ''\nc: !!bool x\nd: !!timestamp x\ne: =\nf: !!binary '*'\n",
        ),
        "number_of_400_kilobytes": (
            WORKFLOW,
            lambda: START + "a: " + ":".join(["1"] * 200_000) + "\nb: " + "9" * 400_000 + "\n",
        ),
        "strange_keys": (
            WORKFLOW,
            START + "no: 1\n1: 2\nnull: 3\n2001-01-01: 4\n? [a, b]\n: 5\n? {c: d}\n: 6\n",
        ),
        "top_is_a_list": (WORKFLOW, "- on\n- jobs\n"),
        "top_is_a_word": (WORKFLOW, "jobs\n"),
        "many_documents": (WORKFLOW, lambda: (START + "---\n") * 3000),
        "tags_of_others": (WORKFLOW, START + "jobs: !reference [a, b]\nx: !Ref y\nz: !vault |\n  abc\n"),
        "everything_of_the_wrong_type": (
            WORKFLOW,
            "on: {pull_request: [1, {a: b}], push: 3}\nenv: [1]\npermissions: {a: [b]}\ndefaults: x\nconcurrency: [1]\n"
            "jobs:\n  1: null\n  a: []\n  b: {steps: {a: 1}, needs: {a: b}, strategy: [1], runs-on: {a: [b]}, env: 1, if: [1]}\n"
            "  c: {steps: [null, 1, [x], {uses: [1], with: 2, run: {a: 1}, env: x, name: 3, if: {}}], uses: {a: 1}}\n"
            "  d: {strategy: {matrix: {include: 1, exclude: {a: b}, os: {a: 1}, x: [[1], {a: b}, null]}}, container: [1], services: 1}\n",
        ),
        "one_flow_line_of_a_megabyte": (WORKFLOW, lambda: START + "a: [" + "x, " * 300_000 + "x]\n"),
        "flat_mapping_of_a_megabyte": (
            WORKFLOW,
            lambda: START + "".join(f"k{at}: value\n" for at in range(80_000)),
        ),
        "comment_of_a_megabyte": (WORKFLOW, lambda: START + "#" * 2**20 + "\njobs: {}\n"),
    },
)

MANIFEST = "pyproject.toml"
PROJECT = '[project]\nname = "a"\nversion = "1"\n'
several(
    "toml",
    {
        "arrays_nested_5000_deep": (MANIFEST, lambda: PROJECT + "x = " + "[" * 5000 + "]" * 5000 + "\n"),
        "number_of_a_million_digits": (MANIFEST, lambda: PROJECT + "x = " + "9" * 10**6 + "\ny = 0x" + "f" * 10**6 + "\n"),
        "table_twice": (MANIFEST, PROJECT + '[project]\nname = "b"\n'),
        "unclosed": (MANIFEST, PROJECT + 'x = """\n'),
        "nul": (MANIFEST, PROJECT + 'x = "\x00"\n'),
        "of_five_megabytes": (MANIFEST, lambda: PROJECT + "".join(f"k{at} = 1\n" for at in range(500_000))),
    },
    "pyproject.toml",
    codes=(1, 2),
)  # fmt: skip
several(
    "toml",
    {
        "key_of_5000_parts": (MANIFEST, lambda: PROJECT + ".".join(["a"] * 5000) + " = 1\n"),
        "many_dotted_tables": (MANIFEST, lambda: PROJECT + "".join(f"[{'.'.join(['b'] * (at % 90 + 1))}.c{at}]\n" for at in range(3000))),
        "inline_tables_nested": (MANIFEST, lambda: PROJECT + "x = " + "{a = " * 300 + "1" + "}" * 300 + "\n"),
        "all_of_the_wrong_type": (
            MANIFEST,
            'project = ["x"]\nbuild-system = "x"\ndependency-groups = [1]\ntool = "x"\n',
        ),
        "inner_of_the_wrong_type": (
            MANIFEST,
            '[project]\nname = 3\nversion = []\ndependencies = "requests"\nauthors = "ann"\nscripts = [1]\nurls = "x"\nlicense = [1]\n'
            "readme = {file = [1]}\noptional-dependencies = [1]\nrequires-python = {a = 1}\nclassifiers = 1\ndynamic = {a = 1}\n"
            '[build-system]\nrequires = {a = 1}\nbuild-backend = 3\n[dependency-groups]\na = "b"\nc = [{include-group = [1]}, 3]\n'
            '[tool]\npoetry = [1]\nruff = "x"\npytest = 3\nmypy = [1]\ncoverage = {report = "x", run = 3}\ntox = [1]\nhatch = {envs = 3}\n'
            "pdm = {scripts = 1}\npoe = {tasks = 3}\nsetuptools = 3\nuv = [3]\nblack = 1\n",
        ),
        "groups_that_include_each_other": (
            MANIFEST,
            PROJECT + '[dependency-groups]\na = [{include-group = "b"}]\nb = [{include-group = "a"}, {include-group = "b"}]\n',
        ),
        "dates_and_infinities": (MANIFEST, PROJECT + "x = 0001-01-01\ny = 9999-12-31T23:59:60Z\nz = inf\nw = nan\n"),
    },
    codes=(1, 2),
)  # fmt: skip

PACKAGE = "package.json"
several(
    "json",
    {
        "arrays_nested_100_000_deep": (PACKAGE, lambda: '{"name": "a", "scripts": ' + "[" * 100_000 + "}"),
        "unclosed": (PACKAGE, '{"name": "a", "scripts": {"test": "x"'),
        "objects_nested_deeply": (PACKAGE, lambda: '{"a":' * 5000 + "1" + "}" * 5000),
        "of_five_megabytes": (PACKAGE, lambda: '{"name": "a", "x": "' + "y" * 5 * 2**20 + '"}'),
        "empty": (PACKAGE, ""),
    },
)
several(
    "json",
    {
        "number_of_a_million_digits": (PACKAGE, lambda: '{"name": "a", "version": ' + "9" * 10**6 + "}"),
        "no_numbers": (PACKAGE, '{"name": "a", "x": NaN, "y": Infinity, "z": 1e400}'),
        "half_characters": (
            PACKAGE,
            '\ufeff{"name": "\\ud800", "scripts": {"\\udfff": "\\ud83d"}, "author": "\\u0000\\u001b[31m"}',
        ),
        "keys_written_twice": (
            PACKAGE,
            '{"name": "a", "name": "b", "scripts": {"test": "x", "test": "y"}, "scripts": {}}',
        ),
        "all_of_the_wrong_type": (
            PACKAGE,
            '{"name": [], "version": {}, "scripts": [1], "dependencies": "x", "devDependencies": [{}], "engines": "x", "workspaces": 3,'
            ' "author": [1], "contributors": "x", "repository": [1], "bugs": 3, "license": {}, "packageManager": [], "jest": [1],'
            ' "files": {}, "bin": 3, "volta": [1], "eslintConfig": 3, "husky": 1, "lint-staged": [1], "c8": 3, "nyc": [1]}',
        ),
        "inner_of_the_wrong_type": (
            PACKAGE,
            '{"name": "a", "version": 1, "scripts": {"test": [1], "build": {}, "lint": null}, "dependencies": {"a": 1, "b": []},'
            ' "engines": {"node": []}, "workspaces": {"packages": [1, {}]}, "jest": {"coverageThreshold": {"global": 3}}, "author": {"name": []}}',
        ),
        "top_is_a_list": (PACKAGE, "[1, 2]"),
        "top_is_null": (PACKAGE, "null"),
        "scripts_that_call_each_other": (
            PACKAGE,
            '{"name": "a", "scripts": {"a": "npm run b && npm run a", "b": "npm run a", "pretest": "npm test", "test": "npm run-script pretest"}}',
        ),
    },
)


@bad("json", "package-lock.json")
def lock_of_the_wrong_type(root):
    put(root, PACKAGE, '{"name": "a", "dependencies": {"b": "^1"}}')
    put(root, "package-lock.json", '{"lockfileVersion": [], "packages": [{"": 1}], "dependencies": 3')
