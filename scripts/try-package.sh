#!/usr/bin/env bash
# Builds and packs the package, installs it in an empty folder as a user does, and runs its commands there. S2_TARBALL
# names a package that is packed already.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

tarball=${S2_TARBALL:-$work/$(npm pack --silent --pack-destination "$work" | tail -1)}
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund "$tarball"

# version PACKAGE: the one that the repository has.
version() { node -p "require('$root/node_modules/$1/package.json').version"; }

# The Node of the repository. A user brings their own.
export PATH="$root/node_modules/.bin:$PATH"
npx s2-conformance run --quick --html report.html --json report.json
npx s2-conformance diff report.json report.json
npx s2-conformance list | tail -1
# Without an optional peer a command names it.
(npx s2-reference-server --tls-self --port 0 2>&1 || true) | grep 'npm install selfsigned'
(npx s2-conformance history --workload regular --export porcupine --out h.jsonl 2>&1 || true) | grep 'npm install @node-rs/xxhash'

files=$(find node_modules/s2-conformance -type f | wc -l)
echo "$files files, $(stat --format %s "$tarball" | numfmt --to=si)B packed, $(du -sb node_modules/s2-conformance | cut -f1 | numfmt --to=si)B unpacked"
[ "$files" -lt 600 ]

# The library, by the examples of the README and its pages, and with all types checked.
npm install --silent --no-audit --no-fund --prefer-offline \
  "vitest@$(version vitest)" "typescript@$(version typescript)" "@types/node@$(version @types/node)" \
  "@s2-dev/streamstore@$(version @s2-dev/streamstore)"
node "$root/scripts/readme-examples.ts" examples
# Our declarations are checked. Those of the SDK do not compile, so with them only what uses them is.
for strictness in false true; do
  [ "$strictness" = false ] && files=node.test.mts || files=vitest.test.ts
  sed "s/\"SKIP_LIB_CHECK\"/$strictness/; s/FILES/*$files/" "$root/scripts/consumer.tsconfig.json" >examples/tsconfig.json
  npx tsc -p examples
done
npx vitest run --root examples vitest.test.ts
node --input-type=module -e "
  import { setup } from 's2-conformance/reference-server/vitest-setup'
  const tearDown = await setup({ provide: (key, url) => console.log(key, url) })
  await tearDown()
"
node --test examples/*node.test.mts

# Every entry, in TypeScript and in the JavaScript that the compiler makes of it. S2Container needs a package
# of its own.
npm install --silent --no-audit --no-fund --prefer-offline --ignore-scripts "testcontainers@$(version testcontainers)"
mkdir consumer
cp "$root/scripts/package-consumer.mts" consumer/package.test.mts
sed "s/\"SKIP_LIB_CHECK\"/false/; s/FILES/*.test.mts/" "$root/scripts/consumer.tsconfig.json" >consumer/tsconfig.json
npx tsc -p consumer --noEmit false --outDir consumer/js

# try_entries: the three commands and every entry on the Node that PATH has.
try_entries() {
  echo "=== Node $(node --version)"
  npx s2-conformance run --quick --only 'TAIL-*' | tail -1
  # On a busy machine the run may be SUSPECT; that every record is there does not depend on the machine.
  (npx s2-load run --rate 50 --duration 1s --warmup 0s || true) | grep ^VERIFIED
  npx s2-reference-server --help | head -1
  node --test --test-reporter=dot consumer/package.test.mts consumer/js/package.test.mjs
  npx vitest run --root examples conformance-vitest.test.ts
}
try_entries
for major in 22 26; do
  if npm install --silent --no-audit --no-fund --prefer-offline --prefix "$work/node-$major" "node@$major"; then
    (export PATH="$work/node-$major/node_modules/.bin:$PATH" && try_entries)
  else
    echo "=== Node $major: SKIPPED, it cannot be installed"
  fi
done

# What a registry and the importing tools expect.
"$root/node_modules/.bin/publint" --strict "$tarball"
"$root/node_modules/.bin/attw" "$tarball" --profile esm-only --format ascii >"$work/attw" || { cat "$work/attw" && exit 1; }
