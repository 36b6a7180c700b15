#!/usr/bin/env bash
# Builds the Dockerfile and runs the image as its users do. It needs a Docker engine: see scripts/with-docker.sh. Prints
# one line for each check, with the seconds since the start, and exits with 3 if there is no base image.
set -euo pipefail
cd "$(dirname "$0")/../.."

image=s2-conformance
work=$(mktemp -d)
network=s2-conformance-$$
trap 'docker rm --force --volumes $(docker ps --all --quiet --filter "network=$network") >/dev/null 2>&1 || true
  docker network rm "$network" >/dev/null 2>&1 || true; docker volume rm "$network" >/dev/null 2>&1 || true; rm -rf "$work"' EXIT

scripts/container/build.sh "$image"
echo "built in $SECONDS s"
docker network create "$network" >/dev/null

ok() { printf 'ok %4d s  %s\n' "$SECONDS" "$*"; }
fail() {
  echo "FAILED  $*"
  exit 1
}

# serve NAME ARGS...: starts the image and waits until it is healthy.
serve() {
  local name=$1
  shift
  docker run --detach --name "$network-$name" --network "$network" --network-alias "$name" "$@" >/dev/null
  for _ in $(seq 150); do
    [ "$(docker inspect --format '{{.State.Health.Status}}' "$network-$name")" = healthy ] && return
    [ "$(docker inspect --format '{{.State.Running}}' "$network-$name")" = true ] || break
    sleep 0.2
  done
  docker logs "$network-$name"
  fail "$name did not become healthy"
}

# stop NAME: stops it as `docker stop` does, and expects a drain.
stop() {
  docker stop --timeout 20 "$network-$1" >/dev/null
  local code
  code=$(docker inspect --format '{{.State.ExitCode}}' "$network-$1")
  [ "$code" = 0 ] || fail "$1 exited with $code after SIGTERM"
}

# url NAME PORT: prints the URL of a published port.
url() { echo "http://$(docker port "$network-$1" "$2/tcp" | head -1)"; }

serve plain --publish 127.0.0.1::80 "$image"
curl -sSf "$(url plain 80)/health" >/dev/null
ok 'without arguments: healthy, and reached through its published port'
[ "$(docker exec "$network-plain" node -p 'process.getuid()')" = 1000 ] || fail 'it runs as root'
ok 'not root'
docker exec "$network-plain" node -e 'process.exit(fs.existsSync("/app/conformance/main.ts") ? 1 : 0)' || fail 'it has the sources'
ok 'the package, without the sources of the repository'

curl -sSf -X PUT "$(url plain 80)/v1/basins/my-basin-1" >/dev/null
curl -sSf -X PUT "$(url plain 80)/v1/streams/s" -H 's2-basin: my-basin-1' >/dev/null
curl -sSN "$(url plain 80)/v1/streams/s/records?seq_num=0&wait=60" -H 's2-basin: my-basin-1' \
  -H 'accept: text/event-stream' --dump-header "$work/head" --output "$work/read" &
reader=$!
for _ in $(seq 50); do [ -s "$work/head" ] && break; sleep 0.1; done
begin=$SECONDS
stop plain
wait "$reader" || fail 'a waiting read got no answer from the drain'
[ $((SECONDS - begin)) -lt 10 ] || fail 'SIGTERM did not reach the process'
ok 'SIGTERM drains: a waiting read ends, exit code 0'

# The arguments that start S2's own image.
serve lite --publish 127.0.0.1::8080 --volume "$network:/data" "$image" lite --port 8080 --local-root /data
curl -sSf -X PUT "$(url lite 8080)/v1/basins/my-basin-1" >/dev/null
stop lite
docker start "$network-lite" >/dev/null
for _ in $(seq 50); do curl -sf "$(url lite 8080)/health" >/dev/null && break; sleep 0.2; done
curl -sSf "$(url lite 8080)/v1/basins" | grep -q my-basin-1 || fail 'the volume lost a basin'
ok 'lite --port 8080 --local-root /data: the volume keeps the data'

serve tls "$image" lite --tls-self
ok 'lite --tls-self: healthy'

docker run --rm --network "$network" "$image" conformance run --quick --endpoint http://lite:8080 | tail -1
ok 'conformance run --endpoint'
# On a busy machine the run may be SUSPECT. Whether every record is there does not depend on the machine.
docker run --rm --network "$network" "$image" load run --endpoint http://lite:8080 --yes --rate 50 --duration 1s \
  --warmup 0s >"$work/load" || [ $? -eq 3 ]
grep ^VERIFIED "$work/load" || fail 'load run is not VERIFIED'
ok 'load run --endpoint'
docker run --rm "$image" conformance run --quick --only 'TAIL-*' | tail -1
ok 'conformance run on the reference server inside the container'

docker run --rm "$image" bench 2>"$work/bench" && fail 'an unknown command is accepted'
grep -q 'there is no command "bench"' "$work/bench" || fail 'an unknown command is not named'
ok 'an unknown command is refused'

# The tests of `s2-conformance/testcontainers`, with this image and with one of s2-lite if s2-lite has been built. The
# reaper of testcontainers is off, since its image would have to be fetched.
images=$image
cached=$(compgen -G "${XDG_CACHE_HOME:-$HOME/.cache}/s2-conformance/s2-cli-*/bin/s2" || true)
if [ -n "$cached" ]; then images="$image $(scripts/container/s2-lite.sh)"; fi
# The example imports the package by its name, which needs the build.
[ -d dist ] || npm run --silent build
TESTCONTAINERS_RYUK_DISABLED=true S2_TEST_IMAGES=$images npx vitest run conformance/testcontainers.story.test.ts
TESTCONTAINERS_RYUK_DISABLED=true S2_IMAGE=$image npm exec --call "node --test examples/testcontainers/*.test.ts"
ok "S2Container for $images, and its example"

# compose ARGS...: runs the plugin of docker, or the command of its own.
compose() {
  if docker compose version >/dev/null 2>&1; then docker compose "$@"; else docker-compose "$@"; fi
}
if ! compose version >/dev/null 2>&1 && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get -qq -y -o DPkg::Lock::Timeout=120 install docker-compose >/dev/null 2>&1 || true
fi
if compose version >/dev/null 2>&1; then
  export S2_IMAGE=$image S2_PORT=0 COMPOSE_PROJECT_NAME=$network
  (
    cd examples/compose
    trap 'compose --profile suite down --volumes 2>/dev/null' EXIT
    compose run --rm suite 2>/dev/null | grep ^CONFORMANT
  ) || fail 'the suite of examples/compose/compose.yaml'
  ok 'examples/compose: the server, and the suite that judges it'
else
  echo 'SKIPPED examples/compose: there is no docker compose'
fi

npm run --silent verify -- workflows service-container
ok 'a workflow with a service container'

# Kills and pauses, on a volume.
npm start --silent -- --only 'DUR-*' --container "$image lite --port {port} --local-root {data_dir}"
ok 'durability rows on a container'

# Most of it is Node itself, of which the binary has 127 MB.
size=$(docker image inspect --format '{{.Size}}' "$image")
[ "$size" -lt 200000000 ] || fail "the image has $size bytes"
ok "the image has $(numfmt --to=si "$size")B"
