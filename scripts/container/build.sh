#!/usr/bin/env bash
# Builds the Dockerfile as the image NAME, on the base image that base.sh finds or builds.
#
#   scripts/container/build.sh NAME
set -euo pipefail
cd "$(dirname "$0")/../.."

base=$(scripts/container/base.sh)
# The network of the machine, since a proxy on it may be the only way to a registry.
docker build --quiet --network host --build-arg "BASE=$base" --tag "$1" . 2> >(grep -v -e '^DEPRECATED' -e buildx -e '^$' >&2)
