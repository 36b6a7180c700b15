import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CommandIo } from '../main.ts'
import { startWith } from '../testing/start-command.ts'

let directory: string
let file: string
let dataDir: string

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 's2-init-'))
  file = join(directory, 'init.json')
})

let made = 0

beforeEach(() => {
  dataDir = join(directory, `data-${++made}`)
})

afterAll(() => rm(directory, { recursive: true }))

interface Ended {
  readonly code: number
  readonly out: readonly string[]
  readonly err: readonly string[]
}

/** Starts the command on that file, lets `during` ask it something, and ends it. */
async function start(
  spec: unknown,
  during: (url: string) => Promise<void> = async () => {},
  args: readonly string[] = ['--init-file', file],
  env: CommandIo['env'] = {},
): Promise<Ended> {
  await writeFile(file, typeof spec === 'string' ? spec : JSON.stringify(spec))
  const { code, out, err, signal, url } = startWith(env, '--port', '0', '--data-dir', dataDir, ...args)
  const started = await Promise.race([url(), code.then(() => undefined)])
  if (started !== undefined) {
    await during(started)
    signal()
  }
  return { code: await code, out, err }
}

const get = async (url: string, path: string): Promise<unknown> =>
  (await fetch(`${url}/v1${path}`, { headers: { 's2-basin': 'my-basin' } })).json()

const SPEC = {
  basins: [
    {
      name: 'my-basin',
      config: { create_stream_on_append: true, default_stream_config: { timestamping: { mode: 'arrival' } } },
      streams: [{ name: 'events', config: { retention_policy: '1day' } }, { name: 'logs' }],
    },
  ],
}

describe('an init file', () => {
  test('is there before the server listens, from the option or the environment (CP-LITE-005, CP-LITE-042)', async () => {
    const check = async (url: string) => {
      expect(await get(url, '/streams')).toMatchObject({ streams: [{ name: 'events' }, { name: 'logs' }] })
      expect(await get(url, '/streams/events')).toMatchObject({
        retention_policy: { age: 86_400 },
        timestamping: { mode: 'arrival' },
      })
      expect(await get(url, '/basins/my-basin')).toMatchObject({ create_stream_on_append: true })
    }
    expect((await start(SPEC, check)).code).toBe(0)
    dataDir = join(directory, 'by-environment')
    expect((await start(SPEC, check, [], { S2LITE_INIT_FILE: file })).code).toBe(0)
    dataDir = join(directory, 'hosted')
    const args = ['--init-file', file, '--flavor', 'hosted', '--limits', 'basin-setup=60000']
    expect((await start(SPEC, undefined, args)).code).toBe(0)
  })

  test('replaces what is there, and leaves alone what it does not name (CP-LITE-042)', async () => {
    let before: unknown
    await start(SPEC, async (url) => {
      await fetch(`${url}/v1/basins/another-basin`, { method: 'PUT' })
      await fetch(`${url}/v1/streams/mine`, { method: 'PUT', headers: { 's2-basin': 'my-basin' } })
      before = await get(url, '/streams')
    })
    await start(SPEC, async (url) => {
      expect(await get(url, '/streams')).toEqual(before)
    })
    await start({ basins: [{ name: 'my-basin', streams: [{ name: 'events' }] }] }, async (url) => {
      expect(await get(url, '/streams')).toEqual(before)
      expect(await get(url, '/basins')).toMatchObject({
        basins: [{ name: 'another-basin' }, { name: 'my-basin' }],
      })
      expect(await get(url, '/basins/my-basin')).toMatchObject({
        create_stream_on_append: false,
        default_stream_config: null,
      })
      expect(await get(url, '/streams/events')).toMatchObject({
        retention_policy: { age: 604_800 },
        timestamping: { mode: 'client-prefer' },
      })
    })
  })

  test('that names what is being deleted keeps the server from starting (CP-LITE-044)', async () => {
    const records = JSON.stringify({ records: Array.from({ length: 1000 }, () => ({ body: 'x' })) })
    await start(SPEC, async (url) => {
      const headers = { 's2-basin': 'my-basin', 'content-type': 'application/json' }
      const appended = await fetch(`${url}/v1/streams/events/records`, {
        method: 'POST',
        headers,
        body: records,
      })
      expect(appended.status).toBe(200)
      expect((await fetch(`${url}/v1/basins/my-basin`, { method: 'DELETE' })).status).toBe(202)
    })
    const { code, err, out } = await start(SPEC)
    expect(err).toEqual([
      's2-reference-server: cannot make basins[0], the basin my-basin: basin_deletion_pending, this basin is being deleted',
    ])
    expect([code, out]).toEqual([3, []])
  })

  test.each([
    ['{"basins":[', /^s2-reference-server: in the init file .*init\.json: .*JSON/],
    [
      '{"basins":[{"name":"x"}]}',
      /^s2-reference-server: in the init file .*init\.json: basins\[0\]\.name is not valid/,
    ],
  ])('%j keeps the server from starting (CP-LITE-005, CP-LITE-041)', async (spec, message) => {
    const { code, err, out } = await start(spec)
    expect(err).toEqual([expect.stringMatching(message)])
    expect([code, out]).toEqual([3, []])
  })

  test('that is not there keeps the server from starting', async () => {
    const nowhere = join(directory, 'nowhere.json')
    const { code, err } = await start({}, undefined, ['--init-file', nowhere])
    expect([code, err]).toEqual([3, [`s2-reference-server: cannot read the init file ${nowhere}: ENOENT`]])
  })
})
