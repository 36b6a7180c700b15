#!/usr/bin/env bash
# Builds and packs the package, installs it in an empty folder as a stranger would, and runs its commands there.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

tarball=$(npm pack --silent --pack-destination "$work" | tail -1)
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund "$work/$tarball"

# version PACKAGE: the one that the repository has.
version() { node -p "require('$root/node_modules/$1/package.json').version"; }

# The Node of the repository: a stranger brings their own.
export PATH="$root/node_modules/.bin:$PATH"
npx s2-conformance run --quick --html report.html --json report.json
npx s2-conformance diff report.json report.json
node -e "require('s2-conformance/report.schema.json')"
node -e "require('s2-conformance/load.schema.json')"
node -e "require('s2-conformance/comparison.schema.json')"
node -e "require('s2-conformance/capacity.schema.json')"
npx s2-conformance list | tail -1
npx s2-reference-server --help | head -1

# The pages that its README sends to.
(cd "$root" && ls CONTRIBUTING.md docs/*.md) | while read -r page; do test -s "node_modules/s2-conformance/$page"; done

# The library, by the examples of the README and its pages, and with all types checked.
npm install --silent --no-audit --no-fund --prefer-offline \
  "vitest@$(version vitest)" "typescript@$(version typescript)" "@types/node@$(version @types/node)" \
  "@s2-dev/streamstore@$(version @s2-dev/streamstore)"
node "$root/scripts/readme-examples.ts" examples
# Our declarations to the last line; beside those of the SDK, which do not compile, only what uses them.
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
node --test examples/node.test.mts examples/conformance-node.test.mts

# As whoever publishes and whoever imports it would have it.
"$root/node_modules/.bin/publint" --strict "$work/$tarball"
"$root/node_modules/.bin/attw" "$work/$tarball" --profile esm-only
