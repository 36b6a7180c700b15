import { rm, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { record } from '../client/records.ts'
import type { StreamClient } from '../client/stream-client.ts'
import type { CheckContext } from '../conformance/check/context.ts'
import { testContext, testTarget } from '../conformance/testing/check-parts.ts'
import { startReferenceServer } from './index.ts'
import { openDiskStore } from './store/disk.ts'
import { openLevel } from './store/open-level.ts'
import { Directories, damageText, fingerprint, incompressible, namesIn } from './testing/damage.ts'
import { start } from './testing/start-command.ts'

const RECORDS = 60
const body = (seqNum: number): string => incompressible(`${seqNum}`, 4096)

const directories = new Directories()
let filled: string
let basin: string
let name: string

interface Served {
  readonly context: CheckContext
  readonly stream: StreamClient
  readonly log: readonly string[]
  health(): Promise<{ readonly status: number }>
}

/** Serves the directory while the story lasts. */
async function serve(dataDir: string, story: (served: Served) => Promise<void>): Promise<void> {
  const log: string[] = []
  await using server = await startReferenceServer({
    dataDir,
    log: { level: 'warn', write: (line) => log.push(line) },
  })
  const target = testTarget(server.url)
  const { context } = testContext(target)
  try {
    const stream = context.account.basin(basin).stream(name)
    await story({ context, stream, log, health: () => fetch(`${server.url}/health`) })
  } finally {
    await target.close()
  }
}

/** A stream of sixty batches of one record each, all in the log of LevelDB. */
beforeAll(async () => {
  filled = await directories.create()
  await using server = await startReferenceServer({ dataDir: filled })
  const target = testTarget(server.url)
  const { context } = testContext(target)
  context.expect.ok(await context.account.createBasin(target.sharedBasin), 201)
  const stream = await context.newStream()
  basin = target.sharedBasin
  name = stream.name
  for (let seqNum = 0; seqNum < RECORDS; seqNum++)
    context.expect.ok(await stream.append({ records: [record(body(seqNum))] }))
  await target.close()
}, 60_000)

afterAll(() => directories[Symbol.asyncDispose]())

/** As it is after a restart: the log has become a table. */
async function withTable(): Promise<string> {
  const directory = await directories.copy(filled)
  await (await openDiskStore(directory)).close()
  return directory
}

/** A directory without the commits that LevelDB drops where the log is damaged at this record. */
async function withoutCommits(seqNum: number): Promise<string> {
  const directory = await directories.copy(filled)
  await damageText(directory, '.log', body(seqNum))
  await (await openLevel(directory)).close()
  return directory
}

async function check(directory: string): Promise<{ readonly code: number; readonly out: readonly string[] }> {
  const before = await fingerprint(directory)
  const command = start('--check', directory)
  const code = await command.code
  expect(await fingerprint(directory)).toEqual(before)
  return { code, out: [...command.out, ...command.err] }
}

/** Everything that a session delivers, its end last. */
async function follow(stream: StreamClient, transport: 'sse' | 's2s') {
  const events = await (await stream.over(transport).openRead({ seqNum: 20n, count: 100n })).rest(20)
  const records = events.flatMap((event) => (event.kind === 'batch' ? event.batch.records : []))
  return { numbers: records.map(({ seqNum }) => Number(seqNum)), end: events.at(-1) }
}

test('a sound directory is sound, and nothing of it is changed', async () => {
  expect(await check(filled)).toEqual({
    code: 0,
    out: [expect.stringMatching(/^\d+ values, 1 streams, 60 records: sound$/)],
  })
})

describe('a byte of the log is flipped before its end', () => {
  let directory: string
  beforeAll(async () => {
    directory = await directories.copy(filled)
    await damageText(directory, '.log', body(30))
  })

  test('--check names the place and the gap, and changes nothing', async () => {
    const { code, out } = await check(directory)
    expect(code).toBe(1)
    expect(out[0]).toMatch(/^note: LevelDB drops \d+ bytes of \d+\.log/)
    expect(out.slice(-3)).toEqual([
      expect.stringMatching(/^damaged: \d+\.log is damaged at byte \d+, before acknowledged commits$/),
      expect.stringMatching(/^damaged: record 30 is missing \(stream ".*" of basin ".*"\)$/),
      expect.stringMatching(/59 records: 2 damaged$/),
    ])
  })

  test('the start is refused, since LevelDB would drop commits and delete the log', async () => {
    const before = await fingerprint(directory)
    const command = start('--port', '0', '--data-dir', directory)
    expect(await command.code).toBe(3)
    expect(command.err).toEqual([
      expect.stringMatching(/cannot open the data directory .*: \d+\.log is damaged at byte \d+.* backup$/),
    ])
    expect(await fingerprint(directory)).toEqual(before)
  })
})

describe('a record from the middle is missing', () => {
  let directory: string
  beforeAll(async () => {
    directory = await withoutCommits(30)
  })

  test('reads end at the gap with 500 storage, health is 503, the log has one line', async () => {
    await serve(directory, async ({ context: { expect: check }, stream, log, health }) => {
      expect((await health()).status).toBe(200)
      check.refused(await stream.read({ seqNum: 30n, count: 1n }), 500, 'storage')
      expect((await health()).status).toBe(503)
      check.refused(await stream.read({ seqNum: 0n, count: 60n }), 500, 'storage')
      for (const transport of ['sse', 's2s'] as const) {
        const { numbers, end } = await follow(stream, transport)
        expect(numbers.every((number, index) => number === 20 + index && number < 31)).toBe(true)
        expect(end).toMatchObject({ kind: 'error', answer: { status: 500 } })
      }
      expect(log).toEqual([
        expect.stringMatching(/StoreError: records? \d+.* missing.*the stored data is damaged/),
      ])
      expect(log[0]).toContain(name)
      expect(check.ok(await stream.read({ seqNum: 10n, count: 1n })).records).toMatchObject([{ seqNum: 10n }])
      expect(check.ok(await stream.append({ records: [record('later')] })).start.seqNum).toBe(60n)
    })
  })
})

test('the first commits of a stream are missing: nothing of it is served', async () => {
  const directory = await withoutCommits(0)
  await serve(directory, async ({ context: { expect: check }, stream, log, health }) => {
    check.refused(await stream.read({ seqNum: 0n, count: 1n }), 500, 'storage')
    check.refused(await stream.append({ records: [record('later')] }), 500, 'storage')
    expect((await health()).status).toBe(503)
    expect(log.length).toBe(1)
  })
  expect((await check(directory)).code).toBe(1)
})

describe('a letter of a body is changed in a table', () => {
  let directory: string
  beforeAll(async () => {
    directory = await withTable()
    await damageText(directory, '.ldb', body(7))
  })

  test('it is never served: 500 storage', async () => {
    await serve(directory, async ({ context: { expect: check }, stream, log, health }) => {
      for (const transport of ['json', 'protobuf'] as const)
        check.refused(await stream.over(transport).read({ seqNum: 7n, count: 1n }), 500, 'storage')
      check.refused(await stream.read({ seqNum: 0n, count: 60n }), 500, 'storage')
      expect(check.ok(await stream.read({ seqNum: 6n, count: 1n })).records).toMatchObject([{ seqNum: 6n }])
      expect((await health()).status).toBe(503)
      expect(log).toEqual([
        expect.stringMatching(/record 7 has a wrong checksum.*the stored data is damaged/),
      ])
    })
  })

  test('the stream can be deleted, and its name used again', async () => {
    await serve(await directories.copy(directory), async ({ context: { account, expect: check }, log }) => {
      const streams = account.basin(basin)
      check.ok(await streams.deleteStream(name), 202)
      await expect.poll(async () => (await streams.createStream(name, {})).status).toBe(201)
      expect(check.ok(await streams.stream(name).checkTail()).seqNum).toBe(0n)
      expect(log).toEqual([])
    })
  })

  test('--check names it', async () => {
    expect(await check(directory)).toEqual({
      code: 1,
      out: [
        expect.stringMatching(
          /^damaged: the batch of stream number 1 that ends with record 7 has a wrong checksum/,
        ),
        expect.stringMatching(/59 records: 1 damaged$/),
      ],
    })
  })
})

test.each([
  ['CURRENT', 'no file CURRENT'],
  ['.log', 'no log file (*.log)'],
])('without %s the directory is refused, and nothing in it is changed', async (ending, why) => {
  const directory = await withTable()
  for (const file of await namesIn(directory)) if (file.endsWith(ending)) await rm(join(directory, file))
  const before = await fingerprint(directory)
  const command = start('--port', '0', '--data-dir', directory)
  expect(await command.code).toBe(3)
  expect(command.err).toEqual([
    `s2-reference-server: the data directory ${directory} is incomplete: it holds data but ${why}; restore the whole directory from a backup`,
  ])
  expect(await fingerprint(directory)).toEqual(before)
  expect(await check(directory)).toMatchObject({ code: 2, out: [expect.stringContaining(why)] })
})

test('what is damaged and needed to start refuses the start, in one sentence', async () => {
  const directory = await withTable()
  await damageText(directory, '.ldb', '"defaultStreamConfig"')
  const command = start('--port', '0', '--data-dir', directory)
  expect(await command.code).toBe(3)
  expect(command.err).toEqual([
    `s2-reference-server: the basin ${JSON.stringify(basin)} has a wrong checksum`,
  ])
})

test('a table that cannot be opened is damage to --check', async () => {
  const directory = await withTable()
  const table = (await namesIn(directory)).find((file) => file.endsWith('.ldb')) ?? ''
  await truncate(join(directory, table), 4000)
  const { code, out } = await check(directory)
  expect(code).toBe(1)
  expect(out[0]).toMatch(/^damaged: LevelDB cannot read the format: /)
})

test('--check of no directory', async () => {
  const command = start('--check', join(filled, 'none'))
  expect(await command.code).toBe(2)
  expect(command.err).toEqual([expect.stringContaining('cannot open the data directory')])
})
