"""The table of test runners: family, and a pattern of a call's words without wrappers."""

# ruff: noqa: E501 - one family a line reads best

from __future__ import annotations

_OPTIONS = r"(?: -\S+| \+\S+)*"
FAMILIES: tuple[tuple[str, str], ...] = (
    ("pytest", r"(?:py\.?test|pytest-3|ptw)(?: |$)(?!.*--(?:collect-only|co|version|help|fixtures)\b)"),
    ("unittest", r"(?:unittest|nose2|nosetests|trial|stestr run|testr run|green|zope-testrunner|behave|robot|avocado run)(?: |$)"),
    ("unittest", r"(?:python[\d.]* (?:-\S+ )*)?(?:(?:\S*manage\.py|django-admin) test(?: |$)|setup\.py (?:\S+ )*(?:test|pytest)(?: |$))"),
    ("unittest", r"python[\d.]* -m [\w.]+\.tests?(?:\.\w+)*(?: |$)"),
    ("hatch", r"hatch(?: -\S+)* (?:test|run \S*(?:test|cov)\S*)(?: |$)"),
    ("vitest", r"vitest(?: |$)(?! (?:--version|list|init))"),
    ("jest", r"(?:jest|jest-cli|react-scripts(?:-ts)? test|ng test|lerna run \S*test\S*|wtr|web-test-runner)(?: |$)"),
    ("mocha", r"(?:_?mocha|ava|tap|tape|uvu|jasmine|qunit|karma start|tstyche|c8|nyc|borp|lab|zora|poku|wdio)(?: |$)"),
    ("browser", r"(?:playwright test|cypress run|testcafe|nightwatch|detox test|wdio run)(?: |$)"),
    ("node", r"(?:node|tsx|bun|deno)\b.* --test(?:[ =-]|$)|node (?!\S*(?:server|fixture|mock|setup|helper))(?:\S*/)?(?:run[-_]?)?tests?(?:[/.][\w/.-]*)?(?: |$)"),
    ("npm", r"(?:npm|yarn|pnpm|bun)(?: -\S+| workspaces? \S+(?: foreach)?| --\w+ \S+)*(?: run| run-script)?(?: -\S+)* \S*\b(?:test|tst|t|vitest|jest)\b\S*(?: |$)"),
    ("npm", r"yarn workspaces foreach(?: \S+)* run \S*test\S*"),
    ("npm", r"(?:npx )?(?:turbo|nx|moon|rush|wireit|wsrun|ultra)(?: \S+)* \S*\btests?\b\S*(?: |$)"),
    ("bun", r"bun test(?: |$)|deno(?: task)? \S*test\S*(?: |$)"),
    ("go", r"go(?: -C \S+)? test(?: |$)(?!.*-run[= ]['\"]?(?:\^?\$|XXX|NONE)(?: |$))|(?:gotestsum|ginkgo)(?: |$)"),
    ("cargo", rf"cargo{_OPTIONS} (?:test|t|nextest r(?:un)?|llvm-cov|tarpaulin|hack(?: \S+)* test|careful test|miri (?:test|nextest)|insta test|xtask \S*test\S*|make \S*test\S*|\S*test\S*)(?: |$)(?!.*--no-run\b)|cross{_OPTIONS} test(?: |$)(?!.*--no-run\b)"),
    ("gradle", r"gradlew?(?:\.bat)?(?= )(?!.* (?:-x|--exclude-task) (?:test|check)\b)(?=.* (?:[\w:.-]*:)?(?:(?!(?:compile|assemble|package|lint|ktlint|detekt)\w|\w*Classes\b)\w*[tT]est\w*|check|build)(?: |$))"),
    ("maven", r"mvnw?d?(?:\.cmd)?(?= )(?!.*-D(?:skipTests|maven\.test\.skip)(?!=false))(?=.* (?:test|verify|install|deploy|package|integration-test)(?: |$))"),
    ("ruby", r"(?:rspec|parallel_rspec|parallel_test|cucumber|turbo_tests|m|minitest|flatware rspec|rails (?:test|spec)\S*)(?: |$)"),
    ("rake", r"rake(?: -\S+)*(?: (?:(?:\w+:)*(?:\w+_)?(?:tests?|specs?)(?:_\w+)?|(?:tests?|specs?):[\w:]+|default|ci)(?: |$)|$)"),
    ("ctest", r"(?:ctest|meson test|cmake --build(?: \S+)* (?:-t|--target) (?:\S+ )*?(?:RUN_TESTS|(?:run[-_]?)?tests?|check(?:-\w+)?|test[-_]\w+)|cmake --workflow)(?: |$)"),
    ("make", r"(?:g?make|ninja|bmake|nmake|samu|just|task|mage|invoke|inv|poe|doit|earthly|pdm run|pdm|nur|waf|scons|mise run|rez)(?=\b|$)(?=.*(?<!-C) [^\s=]*(?:\b|_)(?:tests?|unittests?|runtests?|checks?|check-\w+|test[-_:]\w+|installcheck|distcheck|citest|ci-test)(?:\b|_)[^\s=]*(?: |$))"),
    ("dotnet", r"dotnet(?: \S+)* (?:test|vstest)(?: |$)|vstest\.console(?:\.exe)?(?: |$)|invoke-pester(?: |$)"
               r"|(?:dotnet(?: tool run)? )?(?:dotnet-)?(?:cake|fake|nuke)(?= ).*[tT]est|build\.(?:sh|ps1|cmd|bat)(?= ).*(?:-t|arget)[= :]\S*[tT]est"),
    ("swift", r"swift test(?: |$)|xcodebuild(?=.* test(?:-without-building)?(?: |$))|fastlane(?: \w+)? \w*(?:tests?|scan)\w*"),
    ("elixir", r"mix(?: do)?(?: [^ ]+,)* (?:test|coveralls)\S*(?: |$)|rebar3(?: \S+)* (?:eunit|ct|proper)(?: |$)|gleam test(?: |$)"),
    ("php", r"(?:phpunit|simple-phpunit|paratest|pest|codecept|phpspec|behat|atoum|kahlan|tester)(?:\.phar|\.bat)?(?: |$)|composer(?: -\S+)*(?: run| run-script)? \S*(?:test|phpunit)\S*(?: |$)|(?:php )?artisan test"),
    ("scala", r"(?:sbt|sbtn|sbt-\w+)(?=.*\b(?:\w*[tT]est\w*|scripted|validate)(?:Only|Quick)?\b)|(?:mill|scala-cli)(?=.*\btest\b)|lein(?: \S+)* \S*test\S*|clj(?:ojure)?(?=.*:\S*test)"),
    ("bazel", r"(?:bazel|bazelisk|buck2?|pants|please|plz|blaze)(?: \S+)* (?:test|coverage)(?: |$)|pants(?= )(?=.* test(?: |$))"),
    ("dart", r"(?:flutter|dart|very_good|melos|fvm flutter)(?: run| pub run)?(?: \S+)? test\S*(?: |$)|melos (?:run )?\S*test"),
    ("zig", r"zig (?:build )?(?:\S+ )*test(?: |$)|zig build (?:\S+ )*test\S*"),
    ("haskell", r"(?:stack|cabal)(?: \S+)* (?:v2-|new-)?test\S*(?: |$)|stack(?: \S+)* --test\b|dune (?:test|runtest|build @\S*test)|opam exec -- dune (?:test|runtest)"),
    ("r", r"R(?:\.exe)? CMD check(?: |$)|(?:Rscript|R)\b.*(?:test_|testthat|devtools::(?:test|check)|rcmdcheck|tinytest)"),
    ("julia", r"julia\b.*(?:Pkg\.test|runtests|runtest$)"),
    ("shell", r"(?:bats|bats-core|shellspec|prove|cram|shunit2|urchin|roundup|ptester|bashunit)(?: |$)"),
    ("lua", r"(?:busted|luarocks test|nvim\b.*(?:Plenary|busted)|emacs\b.*ert|eask test|cask exec|buttercup|eldev(?: \S+)* test)(?: |$)?"),
    ("other", r"(?:terraform|tofu|helm unittest|forge|hardhat|npx hardhat|truffle|anchor|scarb|snforge|aiken|elm-test|spago|crystal|nimble|v|odin|alr|fpm|shards|luau|lune|opa|conftest verify|promtool|molecule|kitchen|ansible-test|dagger call|tilt ci|act|skaffold|kubectl kuttl|kuttl|chainsaw|perl Build|\S*/?Build)(?: \S+)* ?\S*(?:test|spec|units|sanity|verify)\S*(?: |$)"),
    ("command", r"(?!test |\[|(?:mypy|ruff|flake8|pylint|black|isort|pyright|eslint|prettier|tsc|rubocop|stylelint|bandit|codespell|shellcheck|yamllint|python[\d.]*|node|ruby|perl|sh|bash|cmake|export|touch|tox|nox) )\S+(?: --?\S+=\S+| -[rv])*(?: (?:run|run-script|exec)(?: -[en] \S+| --?\S+=\S+)* tests?| test)(?:[-:_]\w\S*)?(?: |$)"),
    ("nix", r"nix(?:-build)?(?= )(?=.*[#.](?:\w+[.-])*(?:\w*tests?|e2e)(?:[. -]|$))"),
    ("helm", r"ct (?:install|lint-and-install)(?: |$)"),
)  # fmt: skip
