#!/usr/bin/env bash
# Runs the examples of examples/in-tests, each in its language, with the server of the packed package. An example whose
# toolchain is missing is reported as skipped. Prints one line for each, and fails if a server outlives its tests.
# S2_TARBALL names a package that is packed already, with its build in `dist/`.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/node_modules/.bin:$PATH"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Packing builds `dist/`, which the example in TypeScript imports by the name of the package.
tarball=${S2_TARBALL:-$work/$(npm pack --silent --pack-destination "$work" | tail -1)}
# It takes the place of the published package. With a cache of its own, the path of the server's processes is unique.
export npm_config_cache=$work/npm
export S2_TEST_SERVER="npx --yes --package $tarball s2-reference-server"
npx --yes --package "$tarball" s2-reference-server --version

failed=0
# example NAME TOOL COMMAND...: runs the command, if the tool is installed.
example() {
  local name=$1 tool=$2 begin=$SECONDS
  shift 2
  if ! command -v "$tool" >/dev/null; then
    echo "SKIPPED $name: there is no $tool"
  elif ! "$@" >"$work/out" 2>&1; then
    cat "$work/out"
    echo "FAILED  $name"
    failed=1
  elif pgrep -f "$work/npm" >/dev/null; then
    echo "FAILED  $name: its server was not stopped"
    failed=1
  else
    echo "ok      $name, $((SECONDS - begin)) s"
  fi
}

with_python() {
  python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install --quiet --disable-pip-version-check pytest
  "$work/venv/bin/pytest" -p no:cacheprovider examples/in-tests/python
}
with_go() { (cd examples/in-tests/go && go vet ./... && go test -count=1 ./...); }
with_rust() {
  CARGO_TARGET_DIR=$work/rust cargo test --quiet --manifest-path examples/in-tests/rust/Cargo.toml
}
with_typescript() { node --test examples/in-tests/typescript/*.test.ts; }

example TypeScript node with_typescript
PYTHONDONTWRITEBYTECODE=1 example Python python3 with_python
example Go go with_go
example Rust cargo with_rust
exit $failed
