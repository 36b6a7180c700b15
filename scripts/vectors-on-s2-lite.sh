#!/usr/bin/env bash
# Replays the vectors on s2-lite, whose binary is given. The vector named below is a known difference (SSE-011).
set -euo pipefail
cd "$(dirname "$0")/.."
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"$1" lite --port "$port" >/dev/null 2>&1 &
server=$!
trap 'kill $server' EXIT
until curl -sf "http://127.0.0.1:$port/health" >/dev/null; do kill -0 $server; sleep 0.1; done
npm run --silent verify -- vectors "http://127.0.0.1:$port" event-id-010
