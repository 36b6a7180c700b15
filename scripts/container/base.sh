#!/usr/bin/env bash
# Prints the name of a base image for the Dockerfile: the image that it names. If no registry has that image for this
# machine, the script builds one from Debian's packages, the Node of node_modules and the npm of this machine. Exits with
# 3 if that is impossible.
#
#   docker build --build-arg BASE="$(scripts/container/base.sh)" .
set -euo pipefail
cd "$(dirname "$0")/../.."

image=docker.io/library/node:24-slim
own=local/node:24
if docker image inspect "$image" >/dev/null 2>&1 || timeout 300 docker pull --quiet "$image" >/dev/null 2>&1; then
  echo "$image"
  exit
fi
if docker image inspect "$own" >/dev/null 2>&1; then
  echo "$own"
  exit
fi

unavailable() {
  echo "no registry has $image for this machine, and $1" >&2
  exit 3
}
[ "$(id -u)" = 0 ] || unavailable 'only root can build it from packages'
if ! command -v debootstrap >/dev/null && command -v apt-get >/dev/null; then
  { apt-get -qq update && apt-get -qq -y -o DPkg::Lock::Timeout=120 install debootstrap; } >/dev/null 2>&1 || true
fi
command -v debootstrap >/dev/null || unavailable 'there is no debootstrap'

# Unpacking takes half a minute, so the result is cached.
cache=${XDG_CACHE_HOME:-$HOME/.cache}/s2-conformance
debian=$cache/debian-bookworm.tar
if [ ! -e "$debian" ]; then
  root=$(mktemp -d)
  trap 'rm -rf "$root"' EXIT
  debootstrap --variant=minbase bookworm "$root" >/dev/null 2>&1 || unavailable 'debootstrap failed'
  rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
  mkdir -p "$cache"
  tar -C "$root" -cf "$debian.$$" .
  mv "$debian.$$" "$debian"
fi

context=$(mktemp -d)
trap 'rm -rf "${root:-}" "$context"' EXIT
cp -L "$(readlink -f node_modules/.bin/node)" "$context/node"
cp -rL "$(npm root --global)/npm" "$context/npm"
# Behind a proxy that terminates TLS the build must trust the certificates that this machine trusts.
cp -L "${NODE_EXTRA_CA_CERTS:-/etc/ssl/certs/ca-certificates.crt}" "$context/certificates.pem"
docker import "$debian" local/debian:bookworm >/dev/null
docker build --quiet --tag "$own" --file - "$context" >/dev/null <<'DOCKERFILE'
FROM local/debian:bookworm
COPY node /usr/local/bin/node
COPY npm /usr/local/lib/node_modules/npm
COPY certificates.pem /etc/ssl/certs/ca-certificates.crt
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm && useradd --uid 1000 --create-home node
ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
DOCKERFILE
echo "$own"
