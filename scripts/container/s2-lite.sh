#!/usr/bin/env bash
# Creates an image of s2-lite without a registry: the binary of scripts/install-s2-lite.sh and the libraries it is linked
# with. It takes the same arguments as S2's own image. Prints the name of the image.
set -euo pipefail
cd "$(dirname "$0")/../.."

program=$(scripts/install-s2-lite.sh)
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir -p "$root/tmp" "$root/app" "$root/etc/ssl/certs"
cp -L "$program" "$root/app/s2"
ldd "$program" | grep -o '/[^ ]*' | while read -r library; do
  mkdir -p "$root$(dirname "$library")"
  cp -L "$library" "$root$library"
done
# The program is a client too. It does not start without the certificates of authorities.
cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
tar -C "$root" -c . | docker import --change 'ENTRYPOINT ["/app/s2"]' - s2-conformance/s2-lite >/dev/null
echo s2-conformance/s2-lite
