/** What runs a command that a page shows: `test/readme.test.ts`, a file and the words in it, or nothing, and why. */
export type TypedBy =
  | 'the test'
  | readonly [file: string, ...words: readonly string[]]
  | { readonly notRun: string }

const RUN_ON_CHANGE = 'not part of CI, as CONTRIBUTING.md says: run it after a change of its subject'
const SEVERAL_MACHINES =
  'needs machines to reach with ssh; load/commands/start-at.story.test.ts and outputs.story.test.ts run two loads at once and merge them'
const WRITES = 'writes a committed file, which the tests next to it hold'

/** Every command of every page. */
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
    notRun: 'it releases the package; test/package-files.test.ts tests the check that it runs',
  },
  'bash .ci/run': { notRun: 'it is what CI runs' },

  'npm start': ['scripts/suite.sh', 'npm start --silent --'],
  'npm start -- --only ID': 'the test',
  'npm start -- --quick --endpoint http://127.0.0.1:8080': 'the test',
  'export S2_ACCESS_TOKEN=...': { notRun: 'a secret of the user' },
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
  "at=$(date -u -d '+1 minute' +%Y-%m-%dT%H:%M:%SZ)": { notRun: SEVERAL_MACHINES },
  'load="npm run load -- run throughput --endpoint http://10.0.0.9:8080 --yes --start-at $at --json load.json"':
    {
      notRun: SEVERAL_MACHINES,
    },
  'for host in one two; do ssh "$host" "cd s2-conformance && $load" & done; wait': {
    notRun: SEVERAL_MACHINES,
  },
  'for host in one two; do scp "$host:s2-conformance/load.json" "$host.json"; done': {
    notRun: SEVERAL_MACHINES,
  },
  'npm run load -- merge one.json two.json --json both.json': { notRun: SEVERAL_MACHINES },
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
  'npm run verify -- mutants --full --out FILE': { notRun: 'it takes an hour' },
  'npm run verify -- mutants --only NAME': { notRun: 'a part of what CI runs' },
  'npm run verify -- tamper': ['.ci/run', 'npm run --silent verify -- tamper'],
  "npm run verify -- tamper --only 'APP-*'": { notRun: 'a part of what CI runs' },
  'npm run verify -- tamper --only ID --all': { notRun: 'a part of what CI and the tests run' },
  'npm run verify -- agreement': ['.ci/run', 'npm run --silent verify -- agreement'],
  'npm run verify -- bench-history': ['.ci/run', 'npm run --silent verify -- bench-history'],
  'npm run verify -- costs FILE': { notRun: WRITES },
  'npx vitest run conformance/catalogue -u': { notRun: WRITES },
  'scripts/stall-repeatedly.sh 1.3 1.7 CMD': ['.ci/run', 'scripts/stall-repeatedly.sh 1.3 1.7 node'],
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
  'npm run lint -- --write': { notRun: WRITES },
  'node scripts/generate-proto.ts': { notRun: WRITES },
  'npm run verify -- costs': { notRun: WRITES },
  'npm run verify -- ledger': { notRun: WRITES },
  'npm run verify -- publish-load': { notRun: WRITES },
  'npm run verify -- gate-evidence': { notRun: RUN_ON_CHANGE },
  'npm run verify -- exhaust': { notRun: RUN_ON_CHANGE },
  'npm run verify -- fuzz --requests 100000 --seed 1': { notRun: RUN_ON_CHANGE },
  'npm run verify -- repeat': { notRun: RUN_ON_CHANGE },
  'npm run verify -- bench-server': { notRun: RUN_ON_CHANGE },
  'npm run verify -- bench-load': { notRun: 'needs a quiet machine, which CI does not have' },
  'npm run verify -- bench-load truth': { notRun: 'needs a quiet machine, which CI does not have' },
  'npm run verify -- porcupine --checker PATH': {
    notRun: 'its checker is built with Go from a repository that CI does not fetch',
  },
}

/** Pages that record which commands were run, when and where. The commands are not run again, but must still exist. */
export const RECORDS: ReadonlySet<string> = new Set([
  'reports/published/README.md',
  'reports/published/load-gate.md',
  'reports/published/server-bench.md',
])
