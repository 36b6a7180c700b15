import { describe, expect, test } from 'vitest'
import * as csv from './csv.ts'
import * as hgrm from './hgrm.ts'
import { decodeHistogram } from './histogram.ts'
import * as html from './html.ts'
import * as json from './json.ts'
import * as markdown from './markdown.ts'
import { parseLoadResult } from './parse.ts'
import { LATENCY_NAMES, type LoadResult } from './result.ts'
import { sample } from './testing/sample.ts'
import { loadToText } from './text.ts'

test('a label of others does nothing to the terminal', () => {
  const target = { ...sample.target, label: 'http://x\u001b[2J' }
  expect(loadToText({ ...sample, target })).toContain('http://x\\x1b[2J')
})

test('JSON is read again as it was', () => {
  expect(parseLoadResult(json.render(sample))).toEqual(sample)
})

describe('CSV', () => {
  const read = (result: LoadResult): readonly Readonly<Record<string, string>>[] => {
    const [head = '', ...lines] = csv.render(result).trimEnd().split('\n')
    const names = head.split(',')
    return lines.map((line) => {
      const cells = line.split(',')
      expect(cells.length, line).toBe(names.length)
      return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']))
    })
  }

  test('has a line for each interval, with its numbers as they were', () => {
    const rows = read(sample)
    expect(rows.map(({ at_s }) => Number(at_s))).toEqual(sample.series.map(({ at }) => at))
    expect(rows.map(({ bytes_per_s }) => Number(bytes_per_s))).toEqual(
      sample.series.map(({ bytes }) => bytes),
    )
    expect(rows.map(({ e2e_p99_ms }) => Number(e2e_p99_ms))).toEqual(
      sample.series.map(({ e2e }) => (e2e?.p99 ?? 0) / 1000),
    )
  })

  test('has nothing where nothing was timed', () => {
    const silent = { at: 1, appends: 0, records: 0, bytes: 0, read: 0, e2e: { p50: 1, p99: 2, greatest: 3 } }
    const [row] = read({ ...sample, series: [silent] })
    expect([row?.response_p50_ms, row?.response_max_ms]).toEqual(['', ''])
    expect(row?.e2e_p50_ms).toBe('0.001')
  })
})

describe('percentiles', () => {
  interface Line {
    readonly ms: number
    readonly part: number
    readonly upTo: number
  }
  const LINE = /^ *(?<ms>[\d.]+) +(?<part>[\d.]+) +(?<upTo>\d+)(?: +[\d.]+)?$/
  const read = (text: string): readonly Line[] =>
    text.split('\n').flatMap((line) => {
      const { ms, part, upTo } = LINE.exec(line)?.groups ?? {}
      return ms === undefined ? [] : [{ ms: Number(ms), part: Number(part), upTo: Number(upTo) }]
    })

  test.each(LATENCY_NAMES)('of %s hold the counts of its histogram, in ms', (name) => {
    const text = hgrm.render(sample, name)
    const lines = read(text)
    const histogram = decodeHistogram(sample.latencies[name]?.histogram ?? '')
    expect(text).toMatch(/^ {7}Value {5}Percentile TotalCount 1\/\(1-Percentile\)\n\n/)
    expect(lines.length).toBeGreaterThan(20)
    expect(lines.at(-1)).toEqual({ ms: histogram.maxValue / 1000, part: 1, upTo: histogram.totalCount })
    for (const { ms, part, upTo } of lines) {
      let counted = 0
      for (let place = 0; place <= histogram.countsArrayIndex(Math.round(ms * 1000)); place++)
        counted += histogram.getCountAtIndex(place)
      expect(upTo, `up to ${ms} ms`).toBe(counted)
      expect(upTo).toBeGreaterThanOrEqual(Math.floor(part * histogram.totalCount))
    }
  })

  test('of what was not timed are none', () => {
    expect(() => hgrm.render({ ...sample, latencies: {} }, 'e2e')).toThrow('the result has no e2e latency')
  })
})

describe('Markdown', () => {
  test('says both verdicts with their reasons, then rates and latencies', () => {
    expect(markdown.render(sample)).toMatchInlineSnapshot(`
      "## ⚠️ Load SUSPECT, ❌ records violated

      \`http://127.0.0.1:8080\` (an-s2/1), started with "an-s2 --port \\{port\\}": default: batches of 10 x 1 KiB over s2s, 100/s; 1 stream, 1 writer, 1 reader at the tail; begun at 2026-11-25T08:00:00.000Z as was agreed

      - ⚠️ the generator began 1 % of the appends 2.4 ms or more behind the plan
      - ⚠️ 2 refused and 1 indeterminate appends
      - ❌ 9,990 records read: 1 gap, 2 duplicate
      - a reader of s2c-sample-1 did not come to the end: nothing came for 5 s
      - the load took 3.1 % and catching up 42 % of this generator's ceiling, as calibrated on 2026-11-24

      <details><summary>The first of each kind</summary>

      - **gap** at 25 of s2c-sample-1: record 26 came after record 24 of writer 0

      </details>

      | rate | appends/s | records/s | MiB/s |
      | :-- | --: | --: | --: |
      | append | 100.0 of 100.0 planned | 1,000 | 0.98 |
      | tail |  | 999 | 0.98 |
      | catch-up |  | 24,000 | 23.44 |

      2 refused, 1 indeterminate: 2 × 429 rate\\_limited; 1 × the connection was closed

      2 read sessions ended before they were to: 2 × the read session was cut

      Server CPU: 420.0 µs a record, 0.42 of a core

      | latency, ms | p50 | p90 | p99 | p99.9 | p99.99 | max | mean | count |
      | :-- | --: | --: | --: | --: | --: | --: | --: | --: |
      | response | 3.525 | 4.843 | 8.991 | 28.3 | - | 209.0 | 3.845 | 10,000 |
      | service | 3.437 | 4.723 | 8.767 | 27.6 | - | 203.8 | 3.749 | 10,000 |
      | end to end | 4.143 | 5.691 | 10.6 | 34.2 | 148.1 | 1212 | 4.530 | 100,000 |
      | check tail | 0.705 | 0.967 | - | - | - | 5.835 | 0.763 | 500 |
      | schedule lag | 0.035 | 0.048 | 0.090 | 0.283 | - | 2.090 | 0.038 | 10,000 |

      Response and service are of acknowledged appends: 1 other failed and is not in them.

      - **kill at 6s** at 6.00 s: SIGKILL, gone after 9 ms; started again, ready after 410 ms, no ack for 471.0 ms, the next one 52.0 ms after its end, recovered after 0.50 s, 1 indeterminate
        - before 100.0 appends/s, p50 4.200, p99 9.100, max 12.0 ms
        - during 88.0 appends/s, p50 90.0, p99 480.0, max 481.0 ms, 1 failed
        - after 100.2 appends/s, p50 4.100, p99 9.000, max 11.0 ms
      - **cut at 8s** it did not happen: there was no connection

      All bytes went through a proxy of the generator, whose thread was busy 21 % of the time.

      The target gave 64.0 KiB to a stream and at first 64.0 KiB to a connection, which was seen to be given more 37 times and to have 0 KiB left at the least. Appends waited 5 times, at most 60 ms: 120 ms for the window of a connection, 40 ms for that of a stream or for a target that did not read. Readers gave 16,384 KiB to a stream and 65,536 KiB to a connection, of which at most 2 % were taken.

      autocannon 9.0.0: p50 4.000, p90 5.000, p99 9.000, p99.9 19.0, max 21.0 ms; 1,000 appends, 100.0/s. It counts from the moment of sending, as service does, in whole milliseconds; it sends the appends of a second at once and waits for answers before it goes on, so that they wait for each other and what was late is not in its numbers.

      <sub>s2-load 0.1.0; 2026-11-25T08:00:00.000Z; 2 × Processor of Samples, 8.0 GiB, Linux 6.1.0, Node 24.21.0</sub>

      "
    `)
  })

  test('takes nothing that came for Markdown', () => {
    const hostile = '<img src=x> [a](b) | _x_ `y` \n# heading'
    const text = markdown.render({
      ...sample,
      tool: hostile,
      target: { label: hostile, server: hostile, launch: hostile },
      summary: hostile,
      reasons: [hostile],
      machines: sample.machines.map((machine) => ({ ...machine, model: hostile })),
      integrity: {
        ...sample.integrity,
        violations: { [hostile]: 1 },
        first: [{ anomaly: hostile, stream: hostile, seqNum: 1, what: hostile }],
        notes: [hostile],
      },
      appends: { ...sample.appends, endings: { [hostile]: 1 } },
      readEndings: { [hostile]: 1 },
    })
    expect(text).not.toMatch(/<img|^# heading|[^\\]\[a/m)
    expect(text.match(/&lt;img/g)?.length).toBeGreaterThan(8)
  })
})

test.each([
  [{ load: 0.5 }, "the load took 50 % of this generator's ceiling, as calibrated on 2026-11-24"],
  [{ catchUp: 1.2 }, "catching up took 120 % of this generator's ceiling, as calibrated on 2026-11-24"],
  [{}, undefined],
])(
  'how near to the ceiling a run came is told in text, Markdown and HTML where it is known: %o',
  (parts, due) => {
    const { load: _load, catchUp: _catchUp, ...ceiling } = sample.ceiling ?? fail()
    const result = { ...sample, ceiling: { ...ceiling, ...parts } }
    for (const [name, text] of Object.entries({
      text: loadToText(result),
      markdown: markdown.render(result),
      html: html.render(result).replaceAll('&#39;', "'"),
    })) {
      if (due === undefined) expect(text, name).not.toContain('as calibrated')
      else expect(text, name).toContain(due)
    }
  },
)

test('that readers were cut is told in text, Markdown and HTML, and nothing of it where none was', () => {
  const due = '2 read sessions ended before they were to: 2 × the read session was cut'
  const { readEndings: _readEndings, ...whole } = sample
  for (const render of [loadToText, markdown.render, html.render]) {
    expect(render(sample)).toContain(due)
    expect(render(whole)).not.toContain('read sessions ended')
  }
})

test('a quantile that too few values stand behind is no number on the page', () => {
  const { response = fail() } = sample.latencies
  const { p99: _p99, ...quantiles } = response.quantiles
  const page = html.render({ ...sample, latencies: { response: { ...response, count: 12, quantiles } } })
  expect(page).toContain('<dt>Response p99</dt><dd><b>not told</b> </dd>')
  expect(page).toContain('12 are too few for it')
})

test('a catch-up that was over too soon has no rate, and everybody says so', () => {
  const short: LoadResult = { ...sample, catchUp: { seconds: 0.5, records: 12_000, bytes: 12_288_000 } }
  expect(loadToText(short)).toMatch(/^catch-up +0\.50 s +12,000 records, too soon over for a rate$/m)
  const words = '12,000 records were read back in 0.50 s, which is too soon over for a rate.'
  for (const render of [markdown.render, html.render]) {
    expect(render(short)).toContain(words)
    expect(render(sample)).not.toContain('too soon')
  }
  expect(markdown.render(short)).not.toContain('| catch-up |')
  expect(html.render(short)).not.toContain('caught up')
})

function fail(): never {
  throw new Error('the sample has no ceiling')
}

describe('figures that are worth nothing', () => {
  const invalid: LoadResult = { ...sample, verdict: 'INVALID', reasons: ['the generator lost 3 appends'] }

  test('are told in text behind the verdict, and each line says so', () => {
    const lines = loadToText(invalid).trimEnd().split('\n')
    expect(lines[0]).toBe('INVALID    the generator lost 3 appends')
    expect(lines.at(-1)).toBe(lines[0])
    const marked = lines.filter((line) => line.endsWith('  worth nothing'))
    expect(marked.map((line) => /^(?:[a-z-]+ ?)+(?= )/i.exec(line)?.[0].trimEnd())).toEqual([
      ...['append', 'tail', 'catch-up', 'server CPU'],
      ...['response', 'service', 'end to end', 'check tail', 'schedule lag'],
    ])
  })

  test('are marked in the tables of Markdown', () => {
    const text = markdown.render(invalid)
    expect(text).toMatch(/^## ❌ Load INVALID/)
    expect(text).toContain('| rate, worth nothing |')
    expect(text).toContain('| latency, ms, worth nothing |')
  })

  test('are struck out on the page, which says why', () => {
    const page = html.render(invalid)
    expect(page).toContain('<dl class="tiles void">')
    expect(page).toContain('<h2>Latency, worth nothing</h2>')
    expect(page).toContain('<h2>Rates, worth nothing</h2>')
    expect(page.match(/<div class="void">/g)?.length).toBe(2)
  })

  test('are those of an INVALID load alone', () => {
    for (const verdict of ['VALID', 'SUSPECT'] as const)
      for (const render of [loadToText, markdown.render, html.render])
        expect(render({ ...sample, verdict })).not.toMatch(/worth nothing|class="(tiles )?void"/)
  })
})
