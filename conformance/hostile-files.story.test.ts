import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { COMMAND_LINE, FORBIDDEN, HOSTILE_TEXT } from '../client/testing/hostile-text-server.ts'
import * as json from '../reports/json.ts'
import { sample } from '../reports/testing/sample.ts'
import { play } from './testing/play.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 's2-files-test-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** The value with one text or key of it made hostile, for each of its texts and keys. */
function* mutated(value: unknown): Generator<unknown> {
  if (typeof value === 'string') yield* [HOSTILE_TEXT, `${value}${HOSTILE_TEXT}`]
  else if (Array.isArray(value)) {
    for (const [index, each] of value.entries())
      for (const changed of mutated(each)) yield value.with(index, changed)
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, each] of Object.entries(value)) {
      for (const changed of mutated(each)) yield { ...value, [key]: changed }
      const { [key as keyof typeof value]: _, ...rest } = value
      yield { ...rest, [`${key}${HOSTILE_TEXT}`]: each }
    }
    yield { ...value, [HOSTILE_TEXT]: 1 }
  }
}

/** At most so many, from all over the file. */
const MOST = 60
function chosen(value: unknown): readonly unknown[] {
  const all = [...mutated(value)]
  const step = Math.max(1, Math.floor(all.length / MOST))
  return all.filter((_, index) => index % step === 0)
}

async function fileOf(text: string): Promise<string> {
  const path = join(folder, 'mutated.json')
  await writeFile(path, text)
  return path
}

async function expectHarmless(args: readonly string[], mayBe: readonly number[]): Promise<void> {
  const { code, out, err } = await play(args, { cwd: folder })
  const shown = `${args.join(' ')}\n${out}${err}`
  expect(mayBe, shown).toContain(code)
  expect(FORBIDDEN.exec(out + err)?.[0], shown).toBeUndefined()
  expect(COMMAND_LINE.exec(out + err)?.[0], shown).toBeUndefined()
  expect(err, shown).not.toContain('internal error')
  // What an error repeats begins no line.
  expect(
    err
      .split('\n')
      .slice(1, -1)
      .filter((line) => /^\S/.test(line)),
  ).toEqual([])
  if (args.includes('markdown')) expect(out).not.toContain('<img')
  if (args.includes('--format=json') && code !== 2) JSON.parse(out)
}

const HISTORY = [
  { format: 's2-conformance-history', version: 1, workload: 'regular', seed: 1, target: 'x', started: 'y' },
  { log: [[0, 1, 'a']] },
  {
    id: 0,
    client: 0,
    called: 1,
    returned: 2,
    did: { action: 'read', from: 0, count: 1 },
    got: { outcome: 'tail', tail: [1, 1] },
  },
]
const PLAN = {
  version: 2,
  property: 'PROP-004',
  profile: 'core',
  transport: 'json',
  failure: 'x',
  input: { records: [{ body: '00', headers: [] }] },
}
const EXPECTATIONS = {
  entries: [{ id: 'APP-001', reason: 'why', version: '1', came: '5', transcript: ['x'] }],
}

describe('a mutated file does nothing to a terminal or a log', () => {
  test.each(['text', 'markdown', 'json'])('read by diff, as %s', async (format) => {
    const small = { ...sample, results: sample.results.slice(0, 2) }
    const whole = join(folder, 'whole.json')
    await writeFile(whole, json.render(sample))
    for (const each of chosen(JSON.parse(json.render(small)))) {
      const file = await fileOf(JSON.stringify(each))
      await expectHarmless(['diff', whole, file, `--format=${format}`], [0, 1, 2, 3])
    }
  })

  test('read by check-history', async () => {
    for (const [at, line] of HISTORY.entries()) {
      for (const each of chosen(line)) {
        const file = await fileOf(
          HISTORY.with(at, each as never)
            .map((one) => JSON.stringify(one))
            .join('\n'),
        )
        await expectHarmless(['check-history', file], [0, 1, 2, 3])
      }
    }
  })

  test('read by replay', async () => {
    for (const each of chosen(PLAN)) {
      const file = await fileOf(JSON.stringify(each))
      await expectHarmless(['replay', file, '--endpoint', 'http://127.0.0.1:1'], [2, 3])
    }
  })

  test('read by --expect', async () => {
    for (const each of chosen(EXPECTATIONS)) {
      const file = await fileOf(JSON.stringify(each))
      await expectHarmless(['run', '--dry-run', '--expect', file], [0, 2])
    }
  })
})

test('a row with an id that no row has is refused', async () => {
  const [row] = sample.results
  const evil = { ...sample, results: [{ ...row, id: 'APP-001\n## Approved\n<img src=x>' }] }
  const file = await fileOf(JSON.stringify(evil))
  const { code, out, err } = await play(['diff', file, file, '--format', 'markdown'], { cwd: folder })
  expect([code, out]).toEqual([2, ''])
  expect(err).toContain('result 1 has an id that is no row')
})
