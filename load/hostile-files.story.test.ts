import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { COMMAND_LINE, FORBIDDEN, HOSTILE_TEXT } from '../client/testing/hostile-text-server.ts'
import { quietIo } from '../kit/testing/quiet-io.ts'
import { sample } from '../reports/load/testing/sample.ts'
import { run } from './main.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 's2-files-test-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** Where in a result a text stands that comes from a target or a user, or a field that is not known. */
const MUTATIONS: readonly ((result: typeof sample) => object)[] = [
  (result) => ({ ...result, [HOSTILE_TEXT]: 1 }),
  (result) => ({ ...result, tool: HOSTILE_TEXT }),
  (result) => ({ ...result, started: HOSTILE_TEXT }),
  (result) => ({ ...result, summary: HOSTILE_TEXT }),
  (result) => ({ ...result, reasons: [HOSTILE_TEXT] }),
  (result) => ({ ...result, target: { label: HOSTILE_TEXT, server: HOSTILE_TEXT, launch: HOSTILE_TEXT } }),
  (result) => ({ ...result, target: { ...result.target, [HOSTILE_TEXT]: HOSTILE_TEXT } }),
  (result) => ({ ...result, workload: { ...result.workload, name: HOSTILE_TEXT, [HOSTILE_TEXT]: 1 } }),
  (result) => ({
    ...result,
    machines: [{ ...result.machines[0], model: HOSTILE_TEXT, platform: HOSTILE_TEXT }],
  }),
  (result) => ({ ...result, readEndings: { [HOSTILE_TEXT]: 3 } }),
  (result) => ({ ...result, appends: { ...result.appends, endings: { [HOSTILE_TEXT]: 3 }, refused: 3 } }),
  (result) => ({ ...result, latencies: { ...result.latencies, [HOSTILE_TEXT]: 1 } }),
  (result) => ({
    ...result,
    integrity: { ...result.integrity, notes: [HOSTILE_TEXT], violations: { [HOSTILE_TEXT]: 1 } },
  }),
  (result) => ({
    ...result,
    integrity: {
      ...result.integrity,
      first: [{ anomaly: HOSTILE_TEXT, stream: HOSTILE_TEXT, seqNum: 1, what: HOSTILE_TEXT }],
    },
  }),
]

async function play(args: readonly string[]): Promise<{ readonly code: number; readonly shown: string }> {
  let shown = ''
  const io = {
    ...quietIo,
    out: (text: string) => {
      shown += text
    },
    err: (text: string) => {
      shown += text
    },
  }
  return { code: await run(args, io), shown }
}

test.each(['report', 'merge', 'compare'])(
  'a mutated result does nothing to who reads it by %s',
  async (verb) => {
    const whole = join(folder, 'whole.json')
    const mutated = join(folder, 'mutated.json')
    const kinds = verb === 'compare' ? ['json', 'junit', 'bencher'] : ['json', 'html', 'markdown', 'csv']
    const files = kinds.map((kind) => [`--${kind}`, join(folder, `out.${kind}`)])
    await writeFile(whole, JSON.stringify(sample))
    const codes = new Set<number>()
    for (const mutate of MUTATIONS) {
      await writeFile(mutated, JSON.stringify(mutate(sample)))
      const read = verb === 'report' ? [mutated] : [whole, mutated]
      const { code, shown } = await play([verb, ...read, ...files.flat()])
      codes.add(code)
      const written =
        code === 2 ? [] : await Promise.all(files.map(([, path = '']) => readFile(path, 'utf8')))
      for (const text of [shown, ...written]) {
        expect(FORBIDDEN.exec(text)?.[0], text).toBeUndefined()
        expect(text.startsWith('<!doctype') ? null : COMMAND_LINE.exec(text), text).toBeNull()
        expect(text).not.toContain('internal error')
        expect(/^["{[]/.test(text) || text === shown ? '' : text).not.toContain('<img src')
      }
    }
    expect(codes).toContain(2)
  },
)
