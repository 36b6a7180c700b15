#!/usr/bin/env bash
# Checks the workflows of this repository and those of examples/ with actionlint, the examples together with action.yml.
# Exits with 3 where there is neither actionlint nor a Go toolchain to build it.
set -euo pipefail
cd "$(dirname "$0")/../.."
source scripts/versions.env

bin=${XDG_CACHE_HOME:-$HOME/.cache}/s2-conformance/actionlint-$ACTIONLINT
if [ ! -x "$bin/actionlint" ]; then
  command -v go >/dev/null || { echo "actionlint is built with go, which is not here" >&2; exit 3; }
  GOBIN=$bin go install "github.com/rhysd/actionlint/cmd/actionlint@$ACTIONLINT"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git init --quiet "$work"
cp action.yml "$work"
mkdir -p "$work/.github/workflows"
for file in examples/workflows/*.yml; do
  # A local action is checked for its inputs and outputs.
  sed 's|uses: OWNER/s2-conformance@.*|uses: ./|' "$file" >"$work/.github/workflows/$(basename "$file")"
done
"$bin/actionlint" .github/workflows/*.yml
(cd "$work" && "$bin/actionlint")
echo "$(ls .github/workflows/*.yml examples/workflows/*.yml | wc -l) workflows checked"
