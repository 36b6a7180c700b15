#!/usr/bin/env bash
# Runs a command with a Docker engine: a running one, or one that it starts and stops. Exits with 3 and a sentence if
# neither is possible.
set -euo pipefail

if docker info >/dev/null 2>&1; then exec "$@"; fi
[ "$(id -u)" = 0 ] || { echo "no Docker engine answers, and only root can start one" >&2; exit 3; }
if ! command -v dockerd >/dev/null && command -v apt-get >/dev/null; then
  { apt-get -qq update && apt-get -qq -y -o DPkg::Lock::Timeout=120 install docker.io; } >/dev/null 2>&1 || true
fi
command -v dockerd >/dev/null || { echo "there is no dockerd, and it cannot be installed" >&2; exit 3; }

work=$(mktemp -d)
engine=
# The engine leaves a network namespace mounted.
trap 'kill "$engine" 2>/dev/null && wait "$engine" || true
  umount "$work/exec/netns/default" 2>/dev/null || true; rm -rf "$work"' EXIT
export DOCKER_HOST=unix://$work/docker.sock
dockerd --host "$DOCKER_HOST" --data-root "$work/data" --exec-root "$work/exec" --pidfile "$work/pid" >"$work/log" 2>&1 &
engine=$!
for _ in $(seq 100); do docker info >/dev/null 2>&1 && break; kill -0 "$engine" 2>/dev/null || break; sleep 0.3; done
docker info >/dev/null 2>&1 || { echo "a Docker engine does not run here: $(tail -1 "$work/log")" >&2; exit 3; }
"$@"
