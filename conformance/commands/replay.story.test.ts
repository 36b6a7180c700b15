import { mkdtemp, readdir, rm } from 'node:fs/promises'
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
  append: (state, batch, now, timestamping) => {
    const wanted = batch.matchSeqNum
    const lenient = wanted !== undefined && wanted < state.tail.seqNum
    return rules.append(state, lenient ? { ...batch, matchSeqNum: undefined } : batch, now, timestamping)
  },
}

describe('a sequence that fails is kept and can be sent again', () => {
  let file: string

  test('the property finds it, shrinks it, and says where it is', { timeout: 60_000 }, async () => {
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

  test('on a server without the mistake it is fixed', async () => {
    const { code, out } = await serving(rules, (url) => type('replay', file, '--endpoint', url))
    expect(out).toMatch(/^fixed$/m)
    expect(code).toBe(0)
  })

  test('on no server it is an error', async () => {
    expect(await type('replay', file, '--endpoint', 'http://127.0.0.1:1')).toMatchObject({ code: 3 })
  })
})
