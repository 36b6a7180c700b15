#!/usr/bin/env bash
# Shows with strace, for one append to the reference server on disk, that the batch is written and synced before the
# acknowledgement is sent. Prints the system calls from the arrival of the append on; exits with 1 if the order is another.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/node_modules/.bin:$PATH"

command -v strace >/dev/null || { echo "this needs strace" >&2; exit 3; }
work=$(mktemp -d)
server=
trap 'kill -- "-$server" 2>/dev/null || true; rm -rf "$work"' EXIT

# A process group of its own: a signal to strace alone would leave the server behind.
setsid strace -f -o "$work/trace" -s 400 -e trace=read,write,writev,pwrite64,fsync,fdatasync,sendto,sendmsg \
  node bin/s2-reference-server.js --port 0 --data-dir "$work/data" >"$work/out" &
server=$!
for _ in $(seq 100); do grep -q http "$work/out" && break; sleep 0.1; done
url=$(grep -o 'http://[0-9.:]*' "$work/out" | head -1)

send() { curl -fsS -o "$work/answer" -H 'content-type: application/json' -H 's2-basin: trace-basin' -d "$2" "$url/v1/$1"; }
send basins '{"basin":"trace-basin"}'
send streams '{"stream":"one"}'
send streams/one/records '{"records":[{"body":"traced-body"}]}'
cat "$work/answer"; echo

# From the request with the body to the answer with the tail; what libuv tells its own threads is left out.
sed -n '/read(.*POST \/v1\/streams\/one\/records/,/write.*HTTP\/1.1 200 OK/p' "$work/trace" |
  grep -E 'POST /v1|traced-body|sync|HTTP/1.1 200' >"$work/order"
cut -c1-150 "$work/order"

written=$(grep -nE 'write.*traced-body' "$work/order" | head -1 | cut -d: -f1)
synced=$(grep -nE 'f(data)?sync\(.*= 0|f(data)?sync resumed.*= 0' "$work/order" | head -1 | cut -d: -f1)
answered=$(grep -n 'HTTP/1.1 200' "$work/order" | head -1 | cut -d: -f1)
if [ "${written:-0}" -gt 0 ] && [ "$written" -lt "${synced:-0}" ] && [ "$synced" -lt "${answered:-0}" ]; then
  echo "written, synced, answered: in this order"
else
  echo "the order is another: written ${written:-never}, synced ${synced:-never}, answered ${answered:-never}"
  exit 1
fi
