#!/usr/bin/env bash
# suite.sh ARGUMENTS...: `npm start` with these. Rows that were inconclusive, on a machine that may be busy, are judged
# once more, alone, and both runs are shown. Anything else that is wrong stays as it was.
set -uo pipefail
cd "$(dirname "$0")/.."

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

npm start --silent -- "$@" --json "$out/run.json"
status=$?
[ "$status" -eq 3 ] || exit "$status"

# Prints the ids of the rows that were inconclusive; nothing where another row came to no verdict or failed.
ids=$(node_modules/.bin/node -e '
  const { results } = JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"))
  const those = (...verdicts) => results.filter(({ verdict }) => verdicts.includes(verdict))
  if (those("fail", "error", "not-run").length === 0) console.log(those("inconclusive").map(({ id }) => id).join("\n"))
' "$out/run.json")
[ -n "$ids" ] || exit "$status"

# The rows to judge replace those that were chosen.
arguments=()
while [ $# -gt 0 ]; do
  if [ "$1" = --only ]; then shift; else arguments+=("$1"); fi
  shift
done
for id in $ids; do arguments+=(--only "$id"); done
printf '\n=== judged once more, alone, since they were inconclusive: %s\n' "$(echo $ids)"
npm start --silent -- "${arguments[@]}" --concurrency 1
