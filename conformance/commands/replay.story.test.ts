import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Rules, rules } from '../../reference-server/semantics/rules.ts'
import { createServer } from '../../reference-server/server.ts'
import { openMemoryStore } from '../../reference-server/store/memory.ts'
import { type Played, play } from '../testing/play.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 's2-replay-test-'))
})
afterAll(() => rm(folder, { recursive: true }))

const type = (...args: readonly string[]): Promise<Played> => play(args, { cwd: folder })

async function serving<Value>(served: Rules, use: (endpoint: string) => Promise<Value>): Promise<Value> {
  const server = await createServer({ data: { store: await openMemoryStore() }, rules: served })
  try {
    return await use(await server.start())
  } finally {
    await server.stop()
  }
}

/** Takes the expected number for a lower bound. */
const broken: Rules = {
  ...rules,
  append: (state, batch, ...rest) => {
    const wanted = batch.matchSeqNum
    const lenient = wanted !== undefined && wanted < state.tail.seqNum
    return rules.append(state, lenient ? { ...batch, matchSeqNum: undefined } : batch, ...rest)
  },
}

describe('a sequence that fails is kept and can be sent again', () => {
  let file: string

  test('the property finds it, shrinks it, and says where it is', async () => {
    const { code, out } = await serving(broken, (url) =>
      type('run', 'PROP-001', '--endpoint', url, '--seed', '1'),
    )
    expect(code).toBe(1)
    expect(out).toMatch(/the last of 2 requests \(shrunk \d+ times\)/)
    const kept = await readdir(join(folder, '.s2-conformance'))
    expect(kept.length).toBeGreaterThan(0)
    expect(out).toContain(kept[0])
    file = join(folder, '.s2-conformance', kept[0] ?? '')
  })

  test('on the same server it fails again', async () => {
    const { code, out } = await serving(broken, (url) => type('replay', file, '--endpoint', url))
    expect(out).toMatch(/^failed$/m)
    expect(code).toBe(1)
  })

  test('its report says how to send it again, to the same server', async () => {
    const report = join(folder, 'report.json')
    const page = join(folder, 'report.html')
    await serving(broken, (url) => type('replay', file, '--endpoint', url, '--json', report, '--html', page))
    const { again, outcome, target } = JSON.parse(await readFile(report, 'utf8'))
    expect(outcome).toBe('not conformant')
    expect(again).toBe(`s2-conformance replay ${file} ${target.options}`)
    expect(await readFile(page, 'utf8')).toContain(again)
  })

  test('in a basin that is there, it makes none', async () => {
    await serving(rules, async (url) => {
      await fetch(`${url}/v1/basins/used-for-years`, { method: 'PUT' })
      const { code, out, err } = await type('replay', file, '--endpoint', url, '--basin', 'used-for-years')
      expect([code, err, out]).toEqual([0, '', expect.stringMatching(/^fixed$/m)])
      const { basins } = (await (await fetch(`${url}/v1/basins`)).json()) as { basins: { name: string }[] }
      expect(basins.map(({ name }) => name)).toEqual(['used-for-years'])
    })
  })

  test.each([
    [['--basin', 'theirs'], '--basin uses a basin that is there'],
    [['--resolve', 'a:1:b', '--launch', 'x {port}'], '--resolve is for a server that --endpoint names'],
    [['--max-requests', '0', '--endpoint', 'http://a.example'], '--max-requests is a whole number from 1'],
    [['--json', '/no/such/folder/x', '--endpoint', 'http://a.example'], 'cannot be written'],
  ])('%j makes no sense', async (args, sentence) => {
    const played = await type('replay', file, ...args)
    expect(played).toMatchObject({ code: 2, out: '', err: expect.stringContaining(sentence) })
  })

  test('on a server without the mistake it is fixed', async () => {
    const { code, out } = await serving(rules, (url) => type('replay', file, '--endpoint', url))
    expect(out).toMatch(/^fixed$/m)
    expect(code).toBe(0)
  })

  test('on no server it is an error', async () => {
    expect(await type('replay', file, '--endpoint', 'http://127.0.0.1:1')).toMatchObject({ code: 3 })
  })
})
