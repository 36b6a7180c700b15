#!/usr/bin/env bash
# Makes an image of a server from what is on this machine, without a registry: the program, the libraries that it is linked
# with, and nothing else. Prints the name of the image.
#
#   scripts/container-image.sh reference-server   this package, packed, on the Node of node_modules
#   scripts/container-image.sh s2-lite            the binary of scripts/install-s2-lite.sh
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/node_modules/.bin:$PATH"

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir "$root/tmp" "$root/app" "$root/data"

# program PATH: copies it as /app/program, with its libraries where the loader looks for them.
program() {
  cp -L "$1" "$root/app/program"
  ldd "$1" | grep -o '/[^ ]*' | while read -r library; do
    mkdir -p "$root$(dirname "$library")"
    cp -L "$library" "$root$library"
  done
}

name=s2-conformance/$1
case $1 in
  reference-server)
    program "$(readlink -f node_modules/.bin/node)"
    tarball=$(npm pack --silent --pack-destination "$root/tmp")
    npm install --silent --no-audit --no-fund --omit=dev --omit=peer --ignore-scripts --prefix "$root/app" "$root/tmp/$tarball" >&2
    rm "$root/tmp/$tarball"
    entry='["/app/program", "/app/node_modules/s2-conformance/bin/s2-reference-server.js"]'
    ;;
  s2-lite)
    program "$(scripts/install-s2-lite.sh)"
    # Client and server in one: it wants certificates of authorities before it does anything.
    mkdir -p "$root/etc/ssl/certs"
    cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
    entry='["/app/program", "lite"]'
    ;;
  *)
    echo "there is no image of $1: reference-server or s2-lite" >&2
    exit 2
    ;;
esac
tar -C "$root" -c . | docker import --change "ENTRYPOINT $entry" - "$name" >/dev/null
echo "$name"
