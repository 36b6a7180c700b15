#!/usr/bin/env bash
# suite.sh ARGUMENTS...: `npm start` with these arguments. On a busy machine some rows may be inconclusive; they run a
# second time, one at a time, and both runs are printed. Any other result ends the script with the exit code of the run.
set -uo pipefail
cd "$(dirname "$0")/.."

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

npm start --silent -- "$@" --json "$out/run.json"
status=$?
[ "$status" -eq 3 ] || exit "$status"

# Prints the ids of the inconclusive rows, and nothing if a row failed, was not run or ended in an error.
ids=$(node_modules/.bin/node -e '
  const { results } = JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"))
  const those = (...verdicts) => results.filter(({ verdict }) => verdicts.includes(verdict))
  if (those("fail", "error", "not-run").length === 0) console.log(those("inconclusive").map(({ id }) => id).join("\n"))
' "$out/run.json")
[ -n "$ids" ] || exit "$status"

# These rows replace the selection of the first run.
arguments=()
while [ $# -gt 0 ]; do
  if [ "$1" = --only ]; then shift; else arguments+=("$1"); fi
  shift
done
for id in $ids; do arguments+=(--only "$id"); done
printf '\n=== inconclusive rows, run a second time, one at a time: %s\n' "$(echo $ids)"
npm start --silent -- "${arguments[@]}" --concurrency 1
