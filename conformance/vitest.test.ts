import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer } from '../verification/suite-mutants/server.ts'
import { base64ViewIsUrlSafe } from '../verification/suite-mutants/wire/base64-view-is-url-safe.ts'

const root = resolve(import.meta.dirname, '..')

interface Told {
  readonly title: string
  readonly status: string
  readonly failureMessages: readonly string[]
}

let folder: string
/** What vitest prints. */
let printed = ''
/** The tests of each file, by its name. */
let files: ReadonlyMap<string, readonly Told[]>

/** Has a vitest of its own run the files: here a test that fails would be ours. */
async function runFiles(): Promise<void> {
  const report = join(folder, 'report.json')
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const options = [
    '--maxWorkers=1',
    '--no-isolate',
    '--reporter=verbose',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]
  const child = spawn(process.execPath, [vitest, 'run', '--root', folder, ...options], {
    env: { ...process.env, NO_COLOR: '1', VITEST: undefined, VITEST_POOL_ID: undefined },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString()
  })
  await new Promise((done) => child.once('close', done))
  const { testResults } = JSON.parse(await readFile(report, 'utf8')) as {
    testResults: { name: string; assertionResults: Told[] }[]
  }
  files = new Map(
    testResults.map(({ name, assertionResults }) => [basename(name, '.test.ts'), assertionResults]),
  )
}

const write = (name: string, target: string, options: object): Promise<void> =>
  writeFile(
    join(folder, `${name}.test.ts`),
    `import { describeConformance } from '${join(root, 'conformance/vitest.ts')}'
describeConformance('${target}', ${JSON.stringify(options)})
`,
  )

async function expecting(name: string, id: string): Promise<{ expect: string }> {
  const path = join(folder, `${name}.expected.json`)
  await writeFile(path, JSON.stringify({ entries: [{ id, reason: 'it is known here', version: '1' }] }))
  return { expect: path }
}

/** The only test of the file whose title begins so. */
function told(file: string, title: string): Told {
  const found = files.get(file)?.filter((each) => each.title.startsWith(title)) ?? []
  expect(found.map((each) => each.title)).toHaveLength(1)
  return found[0] as Told
}

/** How the line of a test ends that is skipped: with the reason. */
const skipped = (file: string, id: string): string | undefined =>
  new RegExp(`↓ ${file}\\.test\\.ts > .*${id} .*\\[(.*)\\]$`, 'm').exec(printed)?.[1]

beforeAll(async () => {
  await mkdir(join(root, '.s2-conformance'), { recursive: true })
  folder = await mkdtemp(join(root, '.s2-conformance', 'vitest-'))
  const broken = await startServer(base64ViewIsUrlSafe)
  const { url } = broken
  try {
    await write('broken', url, { only: ['REC-017', 'DUR-012', 'TAIL-001'], time: 'all' })
    const forgiving = await expecting('forgiven', 'REC-017')
    await write('forgiven', url, { only: ['REC-017', 'TAIL-001'], ...forgiving })
    await write('stale', url, { only: ['TAIL-001'], ...(await expecting('stale', 'TAIL-001')) })
    await write('cut-off', url, { only: ['TAIL-*'], maxRequests: 20, concurrency: 1 })
    await writeFile(
      join(folder, 'source.test.ts'),
      `import { afterAll } from 'vitest'
import { describeConformance } from '${join(root, 'conformance/vitest.ts')}'
import { startReferenceServer } from '${join(root, 'reference-server/index.ts')}'
let url = ''
afterAll(async () => {
  const left = await fetch(url + '/health').then(() => 'still serves', () => 'is closed')
  process.stdout.write('the server ' + left + '\\n')
})
describeConformance(
  async () => {
    const server = await startReferenceServer()
    url = server.url
    return server
  },
  { only: ['TAIL-001'] },
)
`,
    )
    await write('nowhere', 'http://127.0.0.1:1', { only: ['TAIL-001', 'TAIL-002'] })
    await write('quick', url, { only: ['TAIL-*'], time: 'quick' })
    await runFiles()
  } finally {
    await broken.stop()
  }
})
afterAll(() => rm(folder, { recursive: true }))

describe('a server that breaks a row', () => {
  test('has a failed test that says what must hold, what the target answered and how to ask it by hand', () => {
    const { status, failureMessages } = told('broken', 'REC-017 ')
    expect(status).toBe('failed')
    const [message = ''] = failureMessages
    expect(message).toMatch(/^Error: fail: /)
    expect(message).toMatch(/^ {2}rule {6}\S.*base64/m)
    expect(message).toMatch(/^ {2}actual {4}\S/m)
    expect(message).toMatch(/^ {2}expected {2}\S/m)
    expect(message).toMatch(/^ {2}curl {6}.*curl .*'http:\/\/127\.0\.0\.1:\d+\/v1\/streams\//m)
    expect(message).toMatch(/^ {2}reproduce s2-conformance run REC-017 --endpoint \S+ --all --seed \d+$/m)
    expect(message, 'the transcript').toMatch(/^ {2}.*< 200/m)
  })
  test('has passing ones for rows that hold, and no more than were named', () => {
    expect(told('broken', 'TAIL-001 ').status).toBe('passed')
    expect(told('broken', 'the run as a whole').status).toBe('passed')
    expect(files.get('broken')).toHaveLength(4)
  })
})

test('a server that the source started is judged, and closed after the run', () => {
  expect(told('source', 'TAIL-001 ').status).toBe('passed')
  expect(told('source', 'the run as a whole').status).toBe('passed')
  expect(printed).toContain('the server is closed')
})

describe('skipped, and why, is', () => {
  test('a row that is not applicable', () => {
    expect(told('broken', 'DUR-012 ').status).toBe('skipped')
    const why = 'not-applicable: needs restart: the target was not launched by this run: use --launch'
    expect(skipped('broken', 'DUR-012')).toBe(why)
  })
  test('a divergence that is expected, and the rest of the run is judged', () => {
    expect(told('forgiven', 'REC-017 ').status).toBe('skipped')
    expect(skipped('forgiven', 'REC-017')).toBe('expected: it is known here (1)')
    expect(told('forgiven', 'the run as a whole').status).toBe('passed')
  })
  test('a row that a run of this time leaves out', () => {
    expect(skipped('quick', 'TAIL-\\d+')).toMatch(/^not selected: .*--quick/)
  })
})

describe('what no row tells fails the test of the run', () => {
  test('an expectation that forgives what is not there', () => {
    expect(told('stale', 'TAIL-001 ').status).toBe('passed')
    const { status, failureMessages } = told('stale', 'the run as a whole')
    expect(status).toBe('failed')
    expect(failureMessages[0]).toContain('stale expectations, to be taken out: TAIL-001')
  })
  test('a server that is not there, and each row says so too', () => {
    for (const title of ['TAIL-001 ', 'TAIL-002 ', 'the run as a whole']) {
      const { status, failureMessages } = told('nowhere', title)
      expect(status).toBe('failed')
      expect(failureMessages[0]).toMatch(/UnusableTargetError: .*127\.0\.0\.1:1/)
    }
  })
})

test('a row that was not reached is not green, and the test of the run says what ended it', () => {
  const rows = files.get('cut-off')?.filter(({ status }) => status === 'failed') ?? []
  expect(rows.length).toBeGreaterThan(1)
  const { status, failureMessages } = told('cut-off', 'the run as a whole')
  expect(status).toBe('failed')
  expect(failureMessages[0]).toContain('the budget of 20 requests was used up')
})
