import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { browserPath } from '../testing/browser.ts'
import { CONTRASTS, type Contrast } from '../testing/contrast.ts'
import * as html from './html.ts'
import type { LoadResult } from './result.ts'
import { latencyOf, sample } from './testing/sample.ts'

const where = browserPath ?? 'SKIPPED: no Chromium on this machine, set CHROME_PATH'

describe.skipIf(browserPath === undefined)(`the page of a load in a browser (${where})`, () => {
  let browser: Browser
  let folder: string
  const pages: Page[] = []
  /** Whatever the page asked of anybody, and what it complained of. */
  const asked: string[] = []
  const complaints: string[] = []

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: browserPath ?? '' })
    folder = await mkdtemp(join(tmpdir(), 's2-load-html-test-'))
  })
  afterAll(async () => {
    await browser.close()
    await rm(folder, { recursive: true })
  })
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.context().close()
    asked.length = 0
    complaints.length = 0
  })

  async function show(result: LoadResult, options: BrowserContextOptions = {}): Promise<Page> {
    const file = join(folder, 'load.html')
    await writeFile(file, html.render(result))
    const page = await (await browser.newContext(options)).newPage()
    pages.push(page)
    page.on('request', (request) => asked.push(request.url()))
    page.on('console', (message) => complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(String(error)))
    await page.goto(pathToFileURL(file).href)
    return page
  }

  test('asks nobody for anything, and complains of nothing', async () => {
    const page = await show(sample)
    await page.waitForLoadState('load')
    expect(asked.filter((url) => !/^(file|data):/.test(url))).toEqual([])
    expect(complaints).toEqual([])
  })

  test('says the worst first, then both verdicts with all their reasons, then the figures', async () => {
    const page = await show(sample)
    expect(await page.locator('h1').innerText()).toBe('Records violated')
    const [numbers = '', records = ''] = await page.locator('.card').allInnerTexts()
    for (const part of ['suspect', ...sample.reasons]) expect(numbers).toContain(part)
    for (const part of [
      'violated',
      '1 gap, 2 duplicate',
      'gap at 25 of s2c-sample-1',
      ...sample.integrity.notes,
    ])
      expect(records).toContain(part)
    expect(await page.locator('.tiles dt').allInnerTexts()).toEqual([
      'Appends',
      'Records',
      'Response p50',
      'Response p99',
      'End to end p50',
      'End to end p99',
    ])
    expect(await page.locator('.note').innerText()).toContain('2 refused, 1 indeterminate: 2 × 429')
    expect(await page.locator('main h2').allInnerTexts()).toEqual([
      'Latency',
      'Rates',
      'Faults',
      'The workload as it was run',
      'The generator',
    ])
  })

  test.each([
    [{ verdict: 'VALID' as const, reasons: [] }, 'Valid', 'rgb(23, 111, 49)'],
    [{ verdict: 'INVALID' as const }, 'Invalid', 'rgb(196, 36, 46)'],
  ])('of records that are whole says what the numbers are worth: %#', async (more, title, colour) => {
    const integrity = {
      ...sample.integrity,
      verdict: 'verified' as const,
      violations: {},
      first: [],
      notes: [],
    }
    const page = await show({ ...sample, integrity, ...more }, { colorScheme: 'light' })
    expect(await page.locator('h1').innerText()).toBe(title)
    expect(await page.evaluate("getComputedStyle(document.querySelector('h1')).color")).toBe(colour)
  })

  test('has all latencies in one table, with every quantile that can be told', async () => {
    const page = await show(sample)
    const table = page.locator('main table').first()
    expect(await table.locator('thead th').allInnerTexts()).toEqual([
      'ms',
      'min',
      'p50',
      'p75',
      'p90',
      'p95',
      'p99',
      'p99.9',
      'p99.99',
      'max',
      'mean',
      'count',
    ])
    const rows = await table.locator('tbody tr').allInnerTexts()
    expect(rows.map((row) => row.split('\n')[0])).toEqual([
      'response',
      'service',
      'end to end',
      'check tail',
      'schedule lag',
    ])
    expect(rows[0]).toContain(((sample.latencies.response?.quantiles['p99.9'] ?? 0) / 1000).toFixed(1))
  })

  test('draws percentiles, latencies and rates, each line where its values are', async () => {
    const page = await show(sample)
    expect(await page.locator('figcaption').allInnerTexts()).toEqual([
      'Latency by percentile ms, log scale',
      'Response over time ms, log scale',
      'End to end over time ms, log scale',
      'Appends per second',
      'Records per second',
      'Volume MiB per second',
    ])
    // The stall in the seventh second stands out of the p99 by what it was.
    const d = (await page.locator('.plot').nth(1).locator('.l-p99.line').getAttribute('d')) ?? ''
    const heights = [...d.matchAll(/[ML]([\d.]+) ([\d.]+)/g)].map(
      ([, x, y]) => [Number(x), 1000 - Number(y)] as const,
    )
    expect(heights.map(([x]) => x)).toEqual(sample.series.map(({ at }) => at * 100))
    const values = sample.series.map(({ response }) => response?.p99 ?? 0)
    const [lowest = 0, top = 0] = [heights.toSorted(([, a], [, b]) => a - b)[0]?.[1], heights[6]?.[1]]
    const decades = Math.log10((values[6] ?? 0) / Math.min(...values))
    // From 2 to 200 ms there are two decades on this axis.
    expect((top - lowest) / 1000).toBeCloseTo(decades / 2, 2)
    expect(await page.locator('.plot').nth(1).locator('.hit title').nth(6).textContent()).toMatch(
      /^7\.0 s: p50 /,
    )
  })

  test('draws a latency from 0 to its greatest, the doubtful end apart, and nothing that lies below the plot', async () => {
    const page = await show(sample)
    const pathsOf = (kind: string): Promise<readonly string[]> =>
      page
        .locator('.plot')
        .first()
        .locator(`path.l-${kind}`)
        .evaluateAll((all) => all.map((path) => path.getAttribute('d') ?? ''))
    const across = (d = ''): readonly number[] => [...d.matchAll(/[ML]([\d.]+) /g)].map(([, x]) => Number(x))
    const [tail, told] = (await pathsOf('response')).map(across)
    // 10,000 of 100,000 values: 99.9 % stands at three of five tenfolds, the greatest at four.
    expect([told?.at(0), told?.at(-1), tail?.at(0), tail?.at(-1)]).toEqual([0, 600, 600, 800])
    expect(across((await pathsOf('lag'))[1])[0]).toBeGreaterThan(0)
  })

  test.each([320, 390, 1280])(
    'fits a window of %i pixels, its labels in their plots and beside each other',
    async (width) => {
      const long = 'x'.repeat(300)
      const more = { summary: long, reasons: [long], target: { label: long }, workload: { [long]: long } }
      const page = await show({ ...sample, ...more }, { viewport: { width, height: 800 } })
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
      expect(await page.evaluate<readonly string[]>(LABELS_ASTRAY)).toEqual([])
    },
  )

  test.each(['light', 'dark'] as const)(
    'can be read in %s: every text has a contrast of 4.5',
    async (colorScheme) => {
      const page = await show(sample, { colorScheme })
      await page.locator('details').evaluateAll((all) => {
        for (const details of all) details.setAttribute('open', '')
      })
      const seen = await page.evaluate<readonly Contrast[]>(CONTRASTS)
      expect(seen.length).toBeGreaterThan(200)
      expect(seen.filter(({ contrast }) => contrast < 4.5)).toEqual([])
    },
  )

  test('runs nothing that stands in a result', async () => {
    const attack = `</style></title><script>document.title = 'taken'</script><img src=x onerror="document.title = 'taken'">`
    const page = await show({
      ...sample,
      tool: attack,
      target: { label: attack, server: attack },
      summary: attack,
      reasons: [attack],
      machines: sample.machines.map((machine) => ({
        ...machine,
        model: attack,
        platform: attack,
        node: attack,
      })),
      workload: { [attack]: attack },
      integrity: {
        ...sample.integrity,
        violations: { [attack]: 1 },
        first: [{ anomaly: attack, stream: attack, seqNum: 1, what: attack }],
        notes: [attack],
      },
      appends: { ...sample.appends, endings: { [attack]: 1 } },
      readEndings: { [attack]: 1 },
    })
    expect(await page.title()).toBe(`S2 load, records violated: ${attack}`)
    expect(await page.locator('img, script').count()).toBe(0)
    expect(complaints).toEqual([])
  })

  test('of nothing that was measured says so', async () => {
    const page = await show({ ...sample, latencies: {}, series: [], verdict: 'INVALID' })
    expect(await page.getByText('Nothing was timed.').isVisible()).toBe(true)
    expect(await page.locator('.plot').count()).toBe(0)
  })

  test('of one value draws it', async () => {
    const one = { response: latencyOf([1234]) }
    const page = await show({ ...sample, latencies: one, series: sample.series.slice(0, 1) })
    expect(await page.locator('.plot').count()).toBe(6)
    const paths = await page
      .locator('path')
      .evaluateAll((all) => all.map((path) => path.getAttribute('d') ?? ''))
    expect(paths.filter((d) => /NaN|Infinity/.test(d))).toEqual([])
  })

  test('of several machines tells of each', async () => {
    const [machine] = sample.machines
    const machines = machine === undefined ? [] : [machine, { ...machine, model: 'Another' }]
    const page = await show({ ...sample, machines })
    expect(await page.locator('.why').innerText()).toContain('; on 2 machines')
    expect(await page.getByText('2 × Another').isVisible()).toBe(true)
    expect(await page.locator('figcaption').nth(1).innerText()).toContain('the highest of any machine')
  })
})

/** Labels that stand out of their plots, or over each other on one axis. */
const LABELS_ASTRAY = `(() => {
  const astray = []
  for (const plot of document.querySelectorAll('.plot')) {
    const frame = plot.getBoundingClientRect()
    for (const axis of ['.x', '.y']) {
      const boxes = [...plot.querySelectorAll('text' + axis)].map((text) => [text.textContent, text.getBoundingClientRect()])
      for (const [text, box] of boxes)
        if (box.left < frame.left || box.right > frame.right || box.bottom > frame.bottom) astray.push(text + ' is outside')
      for (const [index, [text, box]] of boxes.entries())
        for (const [other, beside] of boxes.slice(index + 1))
          if (box.left < beside.right && beside.left < box.right && box.top + 3 < beside.bottom && beside.top + 3 < box.bottom)
            astray.push(text + ' stands over ' + other)
    }
  }
  return astray
})()`
