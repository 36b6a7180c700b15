/** Who types a command that a page shows: `test/readme.test.ts`, a file and how it does so, or nobody, and why. */
export type TypedBy =
  | 'the test'
  | readonly [file: string, ...words: readonly string[]]
  | { readonly nobody: string }

const RUN_ON_CHANGE = 'for whoever changes what it is about, as CONTRIBUTING.md says'
const SEVERAL_MACHINES =
  'needs machines to reach with ssh; load/commands/start-at.story.test.ts and outputs.story.test.ts run two loads at once and add them up'
const WRITES = 'writes what is committed; what it has written is held by the tests beside it'

/** Every command of every page, so that none can rot. */
export const TYPED_BY: Readonly<Record<string, TypedBy>> = {
  'npm ci && npm start': ['scripts/suite.sh', 'npm start --silent --'],
  'npm ci && npm test': ['.ci/run', 'npm ci', 'npm test'],
  'npm ci && npm pack': ['scripts/try-package.sh', 'npm pack'],
  'npm ci': ['.ci/run', 'npm ci'],
  'npm install --save-dev': ['scripts/try-package.sh', 'npm install'],
  'npm install --save-dev vitest @s2-dev/streamstore': [
    'scripts/try-package.sh',
    'npm install',
    '@s2-dev/streamstore@',
  ],
  'npm run': ['.ci/run', 'npm run'],
  'npm run verify': ['verification/main.test.ts', 'const { stdout, status } = verify()'],
  'npm test': ['.ci/run', 'npm test'],
  'npm publish': {
    nobody: 'it releases the package; test/package-files.test.ts tests the check that it runs',
  },
  'bash .ci/run': { nobody: 'it is what CI runs' },

  'npm start': ['scripts/suite.sh', 'npm start --silent --'],
  'npm start -- --only ID': 'the test',
  'npm start -- --quick --endpoint http://127.0.0.1:8080': 'the test',
  'export S2_ACCESS_TOKEN=...': { nobody: 'it is a secret of whoever judges a service' },
  "npm start -- --profile hosted --account-endpoint https://a.s2.dev --basin-endpoint 'https://{basin}.b.s2.dev' --max-requests 60000 --max-bytes 600000000 --dry-run":
    'the test',
  'PATH=$PATH:$(dirname "$(bash scripts/install-s2-lite.sh)")': ['.ci/run', 'scripts/install-s2-lite.sh'],
  "npm start -- --launch 's2 lite --port {port} --local-root {data_dir}' --profile s2-lite": [
    '.ci/run',
    '--profile s2-lite --launch "$s2 lite --port {port} --local-root {data_dir}"',
  ],
  's2-conformance run': ['scripts/try-package.sh', 'npx s2-conformance run'],
  's2-load run': ['scripts/try-package.sh', 'npx s2-load run'],
  'npm run conformance -- run': ['conformance/hosted.story.test.ts', "command('run'"],
  'npm run conformance -- list': 'the test',
  'npm run conformance -- list APP-015 --json': 'the test',
  'npm run conformance -- diff OLD.json NEW.json': ['scripts/try-package.sh', 'diff report.json report.json'],
  'npm run conformance -- replay FILE --endpoint URL': [
    'conformance/commands/replay.story.test.ts',
    "type('replay', file, '--endpoint', url",
  ],
  'npm run conformance -- history --endpoint URL': [
    'conformance/commands/history.story.test.ts',
    "'history',\n  '--endpoint',\n  url",
  ],
  "npm run conformance -- durability --launch 's2 lite --port {port} --local-root {data_dir}' --kills 60 --pauses 8 --cuts 10":
    ['.ci/run', 'durability --launch "$s2 lite --port {port} --local-root {data_dir}" --kills'],
  'npm run conformance -- durability --launch CMD --kills 100': ['.ci/run', 'durability --launch'],

  'npm run verify -- vectors': ['.ci/run', 'npm run --silent verify -- vectors'],
  'npm run load -- run': ['.ci/run', 'npm run --silent load -- run'],
  'npm run load -- capacity': ['load/commands/capacity.story.test.ts', "run(['capacity', ...args]"],
  'npm run load -- ab': ['load/commands/ab.story.test.ts', "'ab',"],
  'npm run load -- compare BASE.json HEAD.json': [
    'load/commands/compare.test.ts',
    "run(['compare', ...args]",
  ],
  'npm run load -- report FILE.json --html FILE': ['load/commands/outputs.story.test.ts', "'report',"],
  "at=$(date -u -d '+1 minute' +%Y-%m-%dT%H:%M:%SZ)": { nobody: SEVERAL_MACHINES },
  'load="npm run load -- run throughput --endpoint http://10.0.0.9:8080 --yes --start-at $at --json load.json"':
    {
      nobody: SEVERAL_MACHINES,
    },
  'for host in one two; do ssh "$host" "cd s2-conformance && $load" & done; wait': {
    nobody: SEVERAL_MACHINES,
  },
  'for host in one two; do scp "$host:s2-conformance/load.json" "$host.json"; done': {
    nobody: SEVERAL_MACHINES,
  },
  'npm run load -- merge one.json two.json --json both.json': { nobody: SEVERAL_MACHINES },
  'npm run load -- merge A.json B.json --json FILE': ['load/commands/outputs.story.test.ts', "'merge',"],
  'npm run load -- workloads': 'the test',
  'npm run load -- calibrate': ['load/calibrate/calibrate.story.test.ts', 'await calibrate('],

  'npm run reference-server': 'the test',
  'npm run verify -- clients': ['.ci/run', 'npm run --silent verify -- clients --no-rust-build'],
  'npm run spec -- --out site': ['.ci/run', 'npm run --silent spec -- --out'],
  'npm run spec -- --out DIR': ['.ci/run', 'npm run --silent spec -- --out'],
  'npm run verify -- parity': ['.ci/run', 'npm run --silent verify -- parity'],
  'npm run verify -- simulate --seeds 1000 --from 1': ['.ci/run', 'simulate --seeds 2000 --from 1000000'],
  'npm run verify -- mutants': ['.ci/run', 'npm run --silent verify -- mutants'],
  'npm run verify -- mutants --full --out FILE': { nobody: 'it takes an hour' },
  'npm run verify -- tamper': ['.ci/run', 'npm run --silent verify -- tamper'],
  "npm run verify -- tamper --only 'APP-*'": { nobody: 'a part of what CI runs' },
  'npm run verify -- tamper --only ID --all': { nobody: 'a part of what CI and the tests run' },
  'npm run verify -- agreement': ['.ci/run', 'npm run --silent verify -- agreement'],
  'npm run verify -- bench-history': ['.ci/run', 'npm run --silent verify -- bench-history'],
  'npm run verify -- costs FILE': { nobody: WRITES },
  'npx vitest run conformance/catalogue -u': { nobody: WRITES },
  'scripts/stand-still.sh 1.3 1.7 CMD': ['.ci/run', 'scripts/stand-still.sh 1.3 1.7 node'],
  'scripts/install-s2-lite.sh': ['.ci/run', 'scripts/install-s2-lite.sh'],
  'scripts/with-docker.sh CMD': ['.ci/run', 'scripts/with-docker.sh'],
  'scripts/container/try-image.sh': ['.ci/run', 'scripts/container/try-image.sh'],
  'npm run build': ['package.json', '"prepack": "npm run --silent build"'],

  'npm run verify -- workflows': ['.ci/run', 'npm run --silent verify -- workflows'],
  'verification/workflows/lint.sh': ['.ci/run', 'verification/workflows/lint.sh'],
  'docker build -t s2-conformance .': ['scripts/container/build.sh', 'docker build'],
  'docker run -p 127.0.0.1:8080:80 s2-conformance': [
    'scripts/container/try-image.sh',
    'serve plain --publish 127.0.0.1::80 "$image"',
  ],
  'npm run lint -- --write': { nobody: WRITES },
  'node scripts/generate-proto.ts': { nobody: WRITES },
  'npm run verify -- costs': { nobody: WRITES },
  'npm run verify -- ledger': { nobody: WRITES },
  'npm run verify -- publish-load': { nobody: WRITES },
  'npm run verify -- gate-evidence': { nobody: RUN_ON_CHANGE },
  'npm run verify -- exhaust': { nobody: RUN_ON_CHANGE },
  'npm run verify -- fuzz --requests 100000 --seed 1': { nobody: RUN_ON_CHANGE },
  'npm run verify -- repeat': { nobody: RUN_ON_CHANGE },
  'npm run verify -- bench-server': { nobody: RUN_ON_CHANGE },
  'npm run verify -- bench-load': { nobody: 'for a quiet machine, which CI has not' },
  'npm run verify -- bench-load truth': { nobody: 'for a quiet machine, which CI has not' },
  'npm run verify -- porcupine --checker PATH': {
    nobody: 'its checker is built with Go from a repository that CI does not fetch',
  },
}

/** Pages whose commands say what was run on a day, and where: nobody runs these again, but they must still be commands. */
export const RECORDS: ReadonlySet<string> = new Set([
  'reports/published/README.md',
  'reports/published/load-gate.md',
  'reports/published/server-bench.md',
])
