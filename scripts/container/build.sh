#!/usr/bin/env bash
# Builds the Dockerfile as the image NAME, on the base image that can be had: see base.sh.
#
#   scripts/container/build.sh NAME
set -euo pipefail
cd "$(dirname "$0")/../.."

base=$(scripts/container/base.sh)
# The network of the machine, since its registries may be reached from nowhere else.
docker build --quiet --network host --build-arg "BASE=$base" --tag "$1" . 2> >(grep -v -e '^DEPRECATED' -e buildx -e '^$' >&2)
