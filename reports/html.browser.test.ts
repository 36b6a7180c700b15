import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import * as html from './html.ts'
import type { RunResult } from './result.ts'
import { browserPath } from './testing/browser.ts'
import { CONTRASTS, type Contrast } from './testing/contrast.ts'
import { resultOf, results, row, sample } from './testing/sample.ts'

const where = browserPath ?? 'SKIPPED: no Chromium on this machine, set CHROME_PATH'

describe.skipIf(browserPath === undefined)(`the page in a browser (${where})`, () => {
  let browser: Browser
  let folder: string
  const pages: Page[] = []
  /** Whatever the page asked of anybody, and what it complained of. */
  const asked: string[] = []
  const complaints: string[] = []

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: browserPath ?? '' })
    folder = await mkdtemp(join(tmpdir(), 's2-html-test-'))
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

  async function show(result: RunResult, options: BrowserContextOptions = {}, hash = ''): Promise<Page> {
    const file = join(folder, 'report.html')
    await writeFile(file, html.render(result))
    const page = await (await browser.newContext(options)).newPage()
    pages.push(page)
    page.on('request', (request) => asked.push(request.url()))
    page.on('console', (message) => complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(String(error)))
    await page.goto(`${pathToFileURL(file)}${hash}`)
    return page
  }
  const rowsShown = async (page: Page): Promise<readonly (string | null)[]> =>
    await page.locator('.row:visible').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-id')))

  test('asks nobody for anything, and complains of nothing', async () => {
    const page = await show(sample)
    await page.waitForLoadState('load')
    expect(asked.filter((url) => !/^(file|data):/.test(url))).toEqual([])
    expect(complaints).toEqual([])
  })

  test('says the verdict first, then the counts, then what is wrong, worst first', async () => {
    const page = await show(sample)
    expect(await page.locator('h1').innerText()).toBe('Not conformant')
    expect(await page.locator('.count').allInnerTexts()).toEqual([
      '1 passed',
      '1 failed',
      '1 failed as expected',
      '1 warned',
      '1 inconclusive',
      '1 error',
      '1 not applicable',
      '1 not run',
      '1 not selected',
    ])
    expect(await page.locator('#failures .finding').evaluateAll((all) => all.map(({ id }) => id))).toEqual([
      'APP-002',
      'APP-005',
      'APP-008',
    ])
    expect(await page.locator('.note').allInnerTexts()).toEqual([
      'stale APP-001 passes: take it out of the expectations file',
      'note 3 basins could not be deleted',
    ])
  })

  test('shows of a failure all that shows it', async () => {
    const page = await show(sample)
    const text = await page.locator('#APP-002').innerText()
    for (const part of [
      'What APP-002 says must hold.',
      'Expected\n9007199254740993',
      'Actual\n9007199254740992',
      "curl -sSiNg --path-as-is 'http://127.0.0.1:1/v1/streams/s/records/tail'",
      's2-conformance replay /tmp/APP-002-json-replay.json --endpoint http://127.0.0.1:1',
      's2-conformance run APP-002 --endpoint http://127.0.0.1:1 --seed 7',
      '> GET',
      '< 200',
    ]) {
      expect(text).toContain(part)
    }
  })

  test('is searched and filtered', async () => {
    const page = await show(sample)
    expect(await rowsShown(page)).toEqual(results.map(({ id }) => id))
    await page.keyboard.press('/')
    await page.keyboard.type('basins METRICS')
    expect(await rowsShown(page)).toEqual([])
    expect(await page.locator('#none').isVisible()).toBe(true)
    await page.locator('#search').fill('needs METRICS')
    expect(await rowsShown(page)).toEqual(['CP-BAS-006'])
    expect(await page.locator('#shown').innerText()).toBe('1 of 9')
    expect(await page.locator('.area:visible h3').allInnerTexts()).toEqual([
      expect.stringContaining('Basins'),
    ])
    await page.locator('#reset').click()
    await page.locator('.count', { hasText: 'warned' }).click()
    await page.locator('.count', { hasText: '1 failed as expected' }).click()
    expect(await rowsShown(page)).toEqual(['APP-003', 'APP-004'])
    expect(await page.locator('.count[aria-pressed=true]').count()).toBe(2)
    await page.locator('#reset').click()
    expect(await rowsShown(page)).toEqual(results.map(({ id }) => id))
  })

  test('opens the row that a link names', async () => {
    const page = await show(sample, {}, '#CP-BAS-007')
    expect(await page.locator('.row[open]').getAttribute('data-id')).toBe('CP-BAS-007')
    expect(await page.getByText('What CP-BAS-007 says must hold.').isVisible()).toBe(true)
  })

  test('draws a violated history: who overlapped whom, and which operations show it', async () => {
    const page = await show(sample)
    const boxes = await page.locator('.timeline .op').evaluateAll((all) =>
      all.map((op) => {
        const { x, y, width } = op.querySelector('rect')?.getBBox() ?? { x: 0, y: 0, width: 0 }
        const texts = [...op.querySelectorAll('text')].map((text) => text.getBBox().width)
        return { kind: op.getAttribute('class'), x, y, right: x + width, widest: Math.max(...texts), width }
      }),
    )
    const [acked, unknown, tail] = boxes
    expect(boxes.map(({ kind }) => kind)).toEqual(['op evidence', 'op context open', 'op evidence'])
    if (acked === undefined || unknown === undefined || tail === undefined) throw new Error('three bars')
    expect(unknown.x > acked.x && unknown.x < acked.right, 'what overlapped, overlaps').toBe(true)
    expect(acked.right < tail.x, 'what came later, stands later').toBe(true)
    expect(unknown.right > tail.x, 'what has no end, ends nowhere').toBe(true)
    expect([acked.y === unknown.y, unknown.y === tail.y], 'a lane for each client').toEqual([false, true])
    expect(
      boxes.filter(({ widest, width }) => widest > width),
      'labels fit their bars',
    ).toEqual([])
  })

  test.each(['light', 'dark'] as const)(
    'can be read in %s: every text has a contrast of 4.5',
    async (colorScheme) => {
      const page = await show(sample, { colorScheme })
      await page.locator('details').evaluateAll((all) => {
        for (const details of all) details.setAttribute('open', '')
      })
      const seen = await page.evaluate<readonly Contrast[]>(CONTRASTS)
      expect(seen.length).toBeGreaterThan(50)
      expect(seen.filter(({ contrast }) => contrast < 4.5)).toEqual([])
      expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(
        colorScheme === 'dark' ? 'rgb(15, 19, 24)' : 'rgb(246, 247, 249)',
      )
    },
  )

  test.each([320, 390, 1280])('fits a window of %i pixels', async (width) => {
    const long = 'x'.repeat(400)
    const wide = row('APP-011', 'fail', {
      reason: long,
      expected: long,
      actual: long,
      transcript: [`> ${long}`],
      curl: long,
    })
    const page = await show(resultOf([...results, wide]), { viewport: { width, height: 800 } })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
  })

  test('runs nothing that a target sent', async () => {
    const attack = `</pre></script><script>document.title = 'taken'</script><img src=x onerror="document.title = 'taken'">`
    const hostile = row('APP-012', 'fail', {
      title: attack,
      statement: attack,
      reason: attack,
      subject: attack,
      request: attack,
      expected: attack,
      actual: attack,
      curl: attack,
      files: [`${attack}-replay.json`],
      transcript: [attack],
      observations: [attack],
      source: attack,
      timelines: [
        {
          title: attack,
          operations: [{ id: 1, client: attack, begin: 1, label: attack, outcome: attack, isEvidence: true }],
        },
      ],
    })
    const page = await show(resultOf([hostile], { notes: [attack], areas: [] }))
    expect(await page.title()).toBe('S2 not conformant: http://127.0.0.1:1')
    expect(await page.locator('img').count()).toBe(0)
    expect(await page.locator('#APP-012 .came pre').innerText()).toBe(attack)
  })

  test('shows everything without scripts', async () => {
    const page = await show(sample, { javaScriptEnabled: false })
    expect(await page.locator('.row:visible').count()).toBe(results.length)
    expect(await page.locator('.finding:visible').count()).toBe(5)
  })

  test('of a run without a failure has nothing but good news above the rows', async () => {
    const page = await show(
      resultOf([row('APP-001', 'pass'), row('APP-002', 'not-selected', { reason: 'x' })]),
    )
    expect(await page.locator('h1').innerText()).toBe('Conformant')
    expect(await page.locator('.why').innerText()).toBe('All 1 judged rows hold.')
    expect(await page.locator('main > section').count()).toBe(1)
  })
})
