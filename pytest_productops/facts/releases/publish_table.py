"""The tables of what publishes: commands and actions that bring a release out, and those that only look so."""

# ruff: noqa: E501 - one family a line reads best

from __future__ import annotations

_PACKED = r"(?:npm|pnpm|yarn|bun|npx|bunx)"
COMMANDS: tuple[tuple[str, str], ...] = (
    ("a Python index", r"(?:twine upload|flit publish|poetry publish|hatch publish|uv publish|pdm publish|maturin (?:publish|upload)|(?:python[\d.]* )?setup\.py(?: \S+)* upload|build-and-publish)\b"),
    ("npm", rf"(?:{_PACKED}(?: \S+)*? (?:npm )?publish|lerna (?:\S+ )*publish|changeset (?:publish|tag)|nx(?: \S+)* (?:release|publish)|turbo(?: \S+)* publish|semantic-release|multi-semantic-release|release-it|np|auto (?:shipit|release)|shipjs trigger|beachball publish|rush publish|jsr publish|deno publish|bumpp)(?: |$)"),
    ("an editor's marketplace", r"(?:vsce|ovsx) publish\b"),
    ("crates.io", r"(?:cargo(?: \+\S+| --\w+)*? (?:publish|release|smart-release|ws publish|workspaces publish)|release-plz release|dist (?:host|upload))(?: |$)"),
    ("RubyGems", r"(?:gem push|rake (?:\S+:)?release(?:\[|:\S+| |$)|gem release)"),
    ("a Maven repository", r"(?:mvnw?d?(?= ).* (?:deploy|release:perform|nexus-staging:\S+|central-publishing:\S+|jreleaser:\S+)(?: |$)|gradlew?(?:\.bat)?(?= ).* (?:\S*:)?(?:publish\w*(?<!ToMavenLocal)|uploadArchives|closeAndRelease\w*|githubRelease|jreleaser\w*|artifactoryPublish|bintrayUpload)(?: |$)|sbt\b.*(?:ci-release|publishSigned|\brelease\b|publish\b)|lein deploy|clojure .*deploy|mill .*publish\w*)"),
    ("Hex", r"(?:mix hex\.publish|rebar3 hex publish|gleam publish)\b"),
    ("NuGet", r"(?:dotnet nuget push|nuget(?:\.exe)? push|paket push|choco push)\b"),
    ("a release of the forge", r"(?:gh release (?:create|upload|edit)|glab release (?:create|upload)|hub release (?:create|edit)|release-cli create|ghr|promu release|gh api \S*/releases|tea releases? create)(?: |$)"),
    ("a release of goreleaser", r"(?:goreleaser(?: release| publish| -\S+| --\S+)*|hugoreleaser (?:all|release)|go run \S*goreleaser\S* release)(?: |$)"),
    ("a container image", r"(?:(?:docker|podman|buildah|nerdctl) (?:image |manifest )?push|docker buildx (?:build|bake)(?= ).* --push|docker buildx imagetools create|docker (?:compose|stack) push|docker-compose push|skopeo copy|crane (?:push|copy|cp)|regctl image copy|ko (?:build|publish|resolve)|/?kaniko/executor|jib:build|gcloud builds submit|az acr build)(?: |$)"),
    ("a Helm chart", r"(?:helm (?:cm-)?push|cr upload|helm cr upload|ct-release)(?: |$)"),
    ("an app store", r"(?:fastlane(?: \w+)? (?:\w*release|beta|deploy|deliver|pilot|supply|upload\w*|publish\w*|distribute\w*)|pod trunk push|xcrun altool --upload-app|xcrun iTMSTransporter|snapcraft (?:upload|push|release|promote)|flatpak-builder-lint|electron-builder\b.*(?:--publish|-p) (?:always|onTag)|eas submit|shorebird release|butler push)(?: |$)"),
    ("a package index", r"(?:(?:flutter|dart)(?: pub)? (?:pub )?publish|luarocks upload|opam(?:-publish| publish)|dune-release|cabal upload|stack upload|anaconda(?: \S+)* upload|conda upload|nimble publish|dput|copr(?:-cli)? build|wingetcreate (?:update|submit)|komac update|brew bump-\w+-pr|puppet module push|ansible-galaxy collection publish|kubectl krew release|juliahub|terraform-registry)(?: |$)"),
    ("a tag", r"git(?: -\S+ \S+)* push\b.*(?: --tags| --follow-tags|refs/tags|[\"']?\$[\w{(]*(?:tag|version|ver)\b|\bv?\$\{?(?:\w*(?:TAG|VERSION))\b| tag )"),
    ("a tag", r"(?:bump2version|bump-my-version|bumpversion|tbump|npm version|standard-version|commit-and-tag-version|cz bump|cog bump|lerna version|git flow release finish|svu)(?= ).*(?:--push|--follow-tags|bump)"),
    ("a release of PHP's split packages", r"(?:splitsh-lite|monorepo-builder release|subsplit|git-subsplit)\b"),
)  # fmt: skip
"""What is published, and the words of a command that does it."""

DRY = (
    r"--dry[-_]?run|--snapshot|--single-target|--skip[= -]publish|--list\b|--help|--no-publish|\bcheck\b|--registry[= ]\S*(?:localhost|127\.0\.0\.1|verdaccio)"
    r"|repository-url \S*test\.pypi|--repository(?:-url)?[= ]\S*test-?pypi|-r testpypi|git push\b.*(?:--delete| -d |:refs/tags/)|echo |publishToMavenLocal|gh release (?:view|list|download|delete)|nx release \S*--dry"
)
"""What makes such a command publish nothing."""

ACTIONS = (
    r"(?:^|[/_-])(?:(?:create|prepare|run|publish|upload|make|perform|finali[sz]e|auto(?:matic)?|cut|push|tag|trigger|build-and|gh|github|action|docker|npm|pypi|crates?|maven|gradle|nuget|helm|chart)[-_]?(?:and[-_])?(?:gh[-_]|github[-_]|to[-_])?(?:releases?|releaser|publish\w*|deb|gem|crates?|npm|pypi|nuget|image|asset|docker\w*)"
    r"|gh-release|release-(?:action|asset|assets|please(?:-action)?|plz|gem|binar\w*|pr|tag|drafter-publish)|action-(?:gh-release|automatic-releases)|automatic-releases?|release-automation\S*|actions?-release"
    r"|gh-action-pypi-publish|goreleaser-action|chart-releaser-action|jreleaser|semantic-release(?:-action)?|python-semantic-release|github-tag-action|tag-action|bump\w*-(?:and-)?tag\w*|autotag"
    r"|publish(?:er|-\w+)*|npm-publish|pypi-publish|releaser|tauri-action|upload-google-play|upload-testflight\S*|appstore\S*|pkgs?-publish|monorepo-split\S*|homebrew-bump-formula|deploy-to-(?:pypi|npm)|create-tag|tag-create|craft)(?=$|[/_-])"
)
"""Names of actions that publish, tag or keep a release."""

LOOK_ALIKES = (
    r"release[-_]?(?:notes?|drafter|notif\w*|comment\w*|monitor|info|version|download\w*|check\w*|changelog\w*)|check[-_]release|latest[-_]release|(?<![a-z])get[-_]\w*release|download\w*|releases?[-_]to[-_](?:discord|slack)"
    r"|released|github-script|setup-|install|cancel|pages|gh-pages|publish[-_](?:unit[-_])?test|test[-_]results?|test[-_]report|publish[-_](?:report|(?:tech)?docs?|site|wiki|coverage|vscode-cache|junit|checks?)|(?:jekyll|hugo|mkdocs|docs?)[-_]publish|website|netlify|sonar|changelog[-_]builder|cleanup|delete|draft"
)
"""Names of actions that only speak of releases."""

IMAGE_ACTIONS = r"^(?:docker/(?:build-push-action|bake-action)|redhat-actions/push-to-registry|elgohr/publish-docker\S*|mr-smithy-org/\S*|macbre/push-to-ghcr|whoan/docker-build-with-cache-action)$"
NO_PRODUCT = r"\b(?:ci|cache|caching|dev(?:container|el|elopment)?|builder|build-env|base|test(?:s|ing)?|complement|fuzz\w*|antithesis|e2e|sandbox|playground|docs?|techdocs|website|lint\w*|benchmarks?)\b"
"""Words in the names of images, jobs and files that say that it is not the product."""
