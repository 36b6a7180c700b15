#!/usr/bin/env bash
# Builds the s2 binary (its command `s2 lite` is the server s2-lite) from the crates registry, once, into a cache outside
# the repository, and prints where it is. Takes 15 to 25 minutes the first time on two cores, nothing afterwards.
set -euo pipefail

source "$(dirname "$0")/versions.env"
version=$S2_CLI
root=${XDG_CACHE_HOME:-$HOME/.cache}/s2-conformance/s2-cli-$version

if [ ! -x "$root/bin/s2" ]; then
  command -v cargo >/dev/null || { echo "s2-lite is built with cargo (rustc 1.88 or newer), which is not here" >&2; exit 3; }
  # The exact version and its lock file: what is judged is what anybody else gets. The tests of the Rust clients reuse
  # what is compiled here.
  CARGO_TARGET_DIR=${XDG_CACHE_HOME:-$HOME/.cache}/s2-conformance/rust-target cargo install --quiet --locked s2-cli --version "=$version" --root "$root" >&2
fi
echo "$root/bin/s2"
