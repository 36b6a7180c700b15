#!/usr/bin/env bash
# Builds and packs the package, installs it in an empty folder as a stranger would, and runs its commands there.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

tarball=$(npm pack --silent --pack-destination "$work" | tail -1)
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund "$work/$tarball"

# The Node of the repository: a stranger brings their own.
export PATH="$root/node_modules/.bin:$PATH"
npx s2-conformance run --quick
npx s2-conformance list | tail -1
npx s2-reference-server --help | head -1
