#!/usr/bin/env bash
# What action.yml runs. Every value comes by the environment and stays one word; nothing of the repository is started.
set -euo pipefail

tools=$RUNNER_TEMP/productops
report=${INPUT_REPORT:-$RUNNER_TEMP/productops.json}

# Into an environment of its own, from a folder that holds no module of the repository.
install() {
  local extra="" wanted packages=()
  if [[ -n $INPUT_HTML ]]; then extra="[html]"; fi
  wanted=${INPUT_VERSION:+pytest-productops$extra==$INPUT_VERSION}
  mapfile -t packages < <(grep -v '^[[:space:]]*$' <<<"$INPUT_PACKAGES" || true)
  cd "$RUNNER_TEMP"
  python3 -I -m venv "$tools"
  "$tools/bin/python" -I -m pip install --quiet --disable-pip-version-check \
    "${wanted:-$GITHUB_ACTION_PATH$extra}" "${packages[@]}"
}

check() {
  local arguments=() reports="json:$report"
  mapfile -t arguments < <(grep -v '^[[:space:]]*$' <<<"$INPUT_ARGS" || true)
  reports+=${INPUT_SARIF:+,sarif:$INPUT_SARIF}${INPUT_HTML:+,html:$INPUT_HTML}
  export PRODUCTOPS_TRUSTED_REF=${INPUT_TRUSTED_REF:-${GITHUB_BASE_REF:+origin/$GITHUB_BASE_REF}}
  if [[ $PRODUCTOPS_TRUSTED_REF == none ]]; then unset PRODUCTOPS_TRUSTED_REF; fi
  if [[ -n $INPUT_PROFILE ]]; then arguments+=("--profile=$INPUT_PROFILE"); fi
  if [[ $INPUT_SUMMARY != true ]]; then unset GITHUB_STEP_SUMMARY; fi
  "$tools/bin/productops" check "--report=$reports" "${arguments[@]}" -- "$INPUT_PATH"
}

# The score of the report, nothing where there is none.
score() {
  "$tools/bin/python" -I -c '
import json, sys
score = json.load(open(sys.argv[1], encoding="utf-8"))["summary"]["score"]
print("" if score is None else score)
' "$report"
}

# Tell the workflow how it ended; without a report nothing was judged.
finish() {
  local status=$? verdict=error
  if [[ -f $report ]]; then
    case $status in 0) verdict=pass ;; 1) verdict=fail ;; esac
  fi
  {
    printf 'verdict=%s\n' "$verdict"
    printf 'report=%s\n' "$report"
    printf 'score=%s\n' "$(if [[ -f $report ]]; then score; fi)"
  } >>"$GITHUB_OUTPUT"
}

rm -f -- "$report"
trap finish EXIT
(install)
check
