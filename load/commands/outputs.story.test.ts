import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Ajv from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { HistogramLogReader, JsHistogram } from 'hdr-histogram-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decodeHistogram } from '../../reports/load/histogram.ts'
import { parseLoadResult } from '../../reports/load/parse.ts'
import type { LatencyName, LoadResult } from '../../reports/load/result.ts'
import { loadToText } from '../../reports/load/text.ts'
import { toJson } from '../../reports/to-json.ts'
import { startServer } from '../../verification/suite-mutants/server.ts'
import { run } from '../main.ts'
import { calibration } from '../run/testing/calibration.ts'

const TOKEN = 'planted-token-5f0c2d'
const FORMATS = ['json', 'html', 'markdown', 'csv', 'hgrm', 'hlog'] as const

interface Played {
  readonly code: number
  readonly out: string
  readonly err: string
}

async function play(...args: readonly string[]): Promise<Played> {
  let [out, err] = ['', '']
  const code = await run(args, {
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
    env: { S2_ACCESS_TOKEN: TOKEN },
    isInteractive: false,
    width: 120,
    colour: false,
    interrupted: new AbortController().signal,
    cwd: '/',
  })
  return { code, out, err }
}

describe('what a run leaves behind', () => {
  let folder: string
  let played: Played
  let result: LoadResult
  const at = (name: string): string => join(folder, name)
  const textOf = (name: string): Promise<string> => readFile(at(name), 'utf8')

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 's2-load-test-'))
    await writeFile(at('calibration.json'), toJson(calibration))
    const server = await startServer()
    try {
      const files = FORMATS.flatMap((format) => [`--${format}`, at(`run.${format}`)])
      const load = [
        '--rate',
        '300',
        '--duration',
        '2.5s',
        '--warmup',
        '0.3s',
        '--check-tails',
        '20',
        '--catch-up',
        '1',
        '--calibration',
        at('calibration.json'),
      ]
      played = await play('run', '--endpoint', server.url, '--allow-suspect', ...load, ...files)
      result = parseLoadResult(await textOf('run.json'))
    } finally {
      await server.stop()
    }
  })
  afterAll(() => rm(folder, { recursive: true }))

  test('is a result as the schema says, and what was printed', async () => {
    const schema = JSON.parse(
      readFileSync(new URL('../../reports/load/load.schema.json', import.meta.url), 'utf8'),
    )
    const ajv = new Ajv.default({ strict: true, allErrors: true })
    addFormats.default(ajv)
    const validate = ajv.compile(schema)
    expect([validate(JSON.parse(await textOf('run.json'))), validate.errors]).toEqual([true, null])
    expect(played.out).toBe(loadToText(result))
    expect(played.err).toBe('')
  })

  test('is an interval log that adds up to the histograms of the result, count by count', async () => {
    const reader = new HistogramLogReader(await textOf('run.hlog'), 64)
    const sums = new Map<string, JsHistogram>()
    let main = 0
    for (let next = reader.nextIntervalHistogram(); next !== null; next = reader.nextIntervalHistogram()) {
      if (!(next instanceof JsHistogram)) throw new Error('no histogram of counts')
      const name = next.tag === 'NO TAG' ? 'response' : next.tag
      if (name === 'response') main += 1
      const sum = sums.get(name)
      if (sum === undefined) sums.set(name, next)
      else sum.add(next)
    }
    expect(main).toBeGreaterThanOrEqual(result.series.length)
    expect([...sums.keys()].toSorted()).toEqual(Object.keys(result.latencies).toSorted())
    for (const [name, sum] of sums) {
      const whole = decodeHistogram(result.latencies[name as LatencyName]?.histogram ?? '')
      const counts = (of: JsHistogram): readonly number[] =>
        Array.from({ length: whole.countsArrayLength }, (_none, place) => of.getCountAtIndex(place))
      expect(counts(sum), name).toEqual(counts(whole))
    }
  })

  test('says how near it came to what the generator can do', () => {
    const { load, calibrated, ceilings } = result.ceiling ?? {}
    expect({ calibrated, ceilings }).toEqual({
      calibrated: calibration.measured,
      ceilings: calibration.ceilings,
    })
    expect(load).toBeGreaterThan(0)
    expect(load).toBeLessThan(0.1)
    expect(played.out).toContain("of this generator's ceiling, as calibrated on 2026-11-24")
  })

  test('holds no secret', async () => {
    const all = await Promise.all(FORMATS.map((format) => textOf(`run.${format}`)))
    for (const text of all) expect(text.length).toBeGreaterThan(100)
    expect([...all, played.out, played.err].filter((text) => text.includes(TOKEN))).toEqual([])
  })

  test('is drawn again from its JSON as it was drawn at once', async () => {
    const again = ['html', 'markdown', 'csv', 'hgrm'] as const
    const shown = await play(
      'report',
      at('run.json'),
      ...again.flatMap((format) => [`--${format}`, at(`again.${format}`)]),
    )
    expect(shown).toEqual({ code: 0, out: played.out, err: '' })
    for (const format of again)
      expect(await textOf(`again.${format}`), format).toBe(await textOf(`run.${format}`))
  })

  test('is merged with that of another machine', async () => {
    const threads = result.generator.threads.map((thread) => ({ ...thread, busy: thread.busy / 2 }))
    const other = { ...result, generator: { ...result.generator, threads } }
    await writeFile(at('other.json'), JSON.stringify(other))
    const merged = await play(
      'merge',
      at('run.json'),
      at('other.json'),
      '--allow-suspect',
      '--json',
      at('both.json'),
    )
    const both = parseLoadResult(await textOf('both.json'))
    // A machine that is busy with something else makes the numbers INVALID.
    expect(merged).toMatchObject({ code: both.verdict === 'INVALID' ? 3 : 0, err: '' })
    expect(both.latencies.response?.count).toBe(2 * (result.latencies.response?.count ?? 0))
    expect(merged.out).toContain('; on 2 machines')
    expect(await play('merge', at('both.json'), at('run.json'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('have a run in common, which would count twice'),
    })
  })

  test.each([
    [['report'], 'report takes one result'],
    [['report', 'nowhere.json'], 'the result nowhere.json cannot be read: no such file or directory'],
    [['report', 'run.html'], 'run.html is not a result of s2-load: it is not JSON'],
    [
      ['report', 'run.json', '--html', '/no/such/folder/x.html'],
      '--html: the file /no/such/folder/x.html cannot be written',
    ],
    [
      ['report', 'run.json', '--hgrm-of', 'other'],
      '--hgrm-of is one of response, service, lag, e2e, check-tail, not "other"',
    ],
    [['merge', 'run.json', 'run.json'], 'are the same result, which would count twice'],
    [
      ['run', '--hlog', '/no/such/folder/x.hlog'],
      '--hlog: the file /no/such/folder/x.hlog cannot be written',
    ],
  ])('wrong usage says what is wrong: %j', async (args, sentence) => {
    const wrong = await play(...args.map((arg) => (/^run\./.test(arg) ? at(arg) : arg)))
    expect(wrong).toMatchObject({ code: 2, out: '', err: expect.stringContaining(sentence) })
  })

  test('a latency that was not measured is not drawn, and that is said', async () => {
    const without = { ...result, latencies: {} }
    await writeFile(at('without.json'), JSON.stringify(without))
    const shown = await play('report', at('without.json'), '--hgrm', at('none.hgrm'))
    expect(shown).toMatchObject({
      code: 3,
      err: expect.stringContaining('the result has no response latency'),
    })
  })
})
