import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { browserPath } from '../../../reports/testing/browser.ts'
import { readExamples } from '../capture/example-files.ts'
import { PATTERN_SLUGS } from '../patterns/slugs.ts'
import { buildSite } from './build-site.ts'
import { CONCEPTS } from './concepts.ts'

const where = browserPath ?? 'SKIPPED: no Chromium on this machine, set CHROME_PATH'
/** Opens what is folded in the first requirements and rules: axe takes minutes for all of a page. */
const OPEN_SOME =
  '[...document.querySelectorAll("main details")].slice(0, 12).concat([...document.querySelectorAll(".rule")]).forEach((one) => { one.open = true })'
const SLUGS = [
  'index',
  ...CONCEPTS.map(({ slug }) => slug),
  ...PATTERN_SLUGS,
  'not-covered',
  'reference',
  'requirements',
  'calls',
]

describe.skipIf(browserPath === undefined)(`the site in a browser (${where})`, () => {
  let browser: Browser
  let folder: string
  const contexts: BrowserContext[] = []
  const complaints: string[] = []
  const requested: string[] = []
  let sources: readonly string[] = []

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 's2-site-test-'))
    const files = await buildSite(await readExamples())
    for (const { path, text } of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), text)
    }
    sources = files.map(({ path }) => path).filter((path) => path.startsWith('source/'))
    browser = await chromium.launch({ executablePath: browserPath ?? '' })
  })
  afterAll(async () => {
    await browser.close()
    await rm(folder, { recursive: true })
  })
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close()
    complaints.length = 0
    requested.length = 0
  })

  async function open(path: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
    const context = await browser.newContext(options)
    contexts.push(context)
    const page = await context.newPage()
    page.on('console', (message) => complaints.push(`${path}: ${message.text()}`))
    page.on('pageerror', (error) => complaints.push(`${path}: ${String(error)}`))
    page.on('request', (request) => requested.push(request.url()))
    await page.goto(`${pathToFileURL(folder)}/${path}`)
    return page
  }

  test('reports no error on any page, and asks for nothing but its own files', async () => {
    const page = await open('index.html')
    for (const path of [...SLUGS.map((slug) => `${slug}.html`), ...sources.slice(0, 5)]) {
      await page.goto(`${pathToFileURL(folder)}/${path}`)
    }
    expect(complaints).toEqual([])
    const own = String(pathToFileURL(folder))
    expect(requested.filter((url) => !url.startsWith(own) && !url.startsWith('data:'))).toEqual([])
  })

  describe('search', () => {
    const results = (page: Page): Promise<readonly string[]> => page.locator('#results a').allInnerTexts()

    async function find(page: Page, words: string): Promise<readonly string[]> {
      await page.keyboard.press('/')
      await page.keyboard.type(words)
      await expect.poll(() => results(page)).toContainEqual(expect.stringContaining(words))
      return await results(page)
    }

    test.each([
      ['APP-013', /^APP-013 /],
      ['stream_deletion_pending', /^stream_deletion_pending error code, status 409/],
      ['match_seq_num', /^match_seq_num/],
      ['last-event-id', /^last-event-id request header/],
      ['metered size', /[Mm]etered size/],
      ['exactly-once', /^Exactly-once append/],
    ])('finds %s', async (words, first) => {
      const found = await find(await open('index.html'), words)
      expect(found[0]).toMatch(first)
    })

    test.each([
      ['safe to retry', /retr/i],
      ['maximum batch size', /^REC-004 Batch size limit/],
    ])('finds some of the words of %s where no entry has them all', async (words, first) => {
      const page = await open('index.html')
      await page.keyboard.press('/')
      await page.keyboard.type(words)
      await expect.poll(() => results(page)).toContainEqual(expect.stringContaining(`results for “${words}”`))
      expect((await results(page))[0]).toMatch(first)
    })

    test('is used by keyboard alone, from a page in a folder too', async () => {
      const page = await open(sources[0] ?? '')
      await find(page, 'APP-01')
      const selected = page.locator('#results [aria-selected=true]')
      const first = await selected.innerText()
      await page.keyboard.press('ArrowDown')
      const second = await selected.innerText()
      expect(second).not.toBe(first)
      await page.keyboard.press('ArrowUp')
      expect(await selected.innerText()).toBe(first)
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      const id = second.split(' ')[0] ?? ''
      await page.waitForURL(new RegExp(`#${id}$`))
      expect(await page.locator(`#${id}`).isVisible()).toBe(true)
    })

    test('closes on Escape and leaves the page as it is', async () => {
      const page = await open('append.html')
      await find(page, 'batch')
      await page.keyboard.press('Escape')
      expect(await page.locator('#results').isVisible()).toBe(false)
      expect(page.url()).toMatch(/append\.html$/)
    })

    test('leads to all results where there are more', async () => {
      const page = await open('index.html')
      await find(page, 'timestamp')
      await page.keyboard.press('ArrowUp')
      await page.keyboard.press('Enter')
      await page.waitForURL(/requirements\.html\?q=timestamp/)
      await expect.poll(() => page.locator('#shown').innerText()).toMatch(/^\d+ of 791 requirements$/)
    })
  })

  test('filters by area, level and verdict, and the address keeps them', async () => {
    const page = await open('requirements.html')
    const ids = (): Promise<readonly string[]> => page.locator('tr[data-id]:visible .id').allInnerTexts()
    await page.selectOption('[name=area]', 'SSE')
    expect((await ids()).length).toBe(22)
    await page.selectOption('[name=level]', 'SHOULD')
    const should = await ids()
    expect(should).toContain('SSE-006')
    expect(should.length).toBeLessThan(22)
    await page.reload()
    expect(await ids()).toEqual(should)
    await page.click('button[type=reset]')
    await page.selectOption('[name=lite]', 'expected')
    await expect.poll(async () => (await ids()).length).toBe(1)
  })

  test('opens the rule that a link names', async () => {
    const page = await open('conditions.html')
    await page.locator('#APP-013 .facts a', { hasText: 'checkMatchSeqNum' }).click()
    await expect.poll(() => page.locator('[id$="-checkMatchSeqNum"] pre').isVisible()).toBe(true)
  })

  describe('the calls of the clients', () => {
    const visible = (page: Page): Promise<readonly string[]> =>
      page.locator('#append [role=tabpanel]:visible').allInnerTexts()

    test('are tabs that the keyboard changes, and the choice holds on other pages', async () => {
      const page = await open('calls.html')
      expect(await visible(page)).toEqual([expect.stringContaining('@s2-dev/streamstore')])
      await page.locator('#append [role=tab][aria-selected=true]').focus()
      await page.keyboard.press('ArrowRight')
      expect(await page.locator(':focus').innerText()).toBe('Python')
      expect(await visible(page)).toEqual([expect.stringContaining('from s2_sdk import')])
      await page.keyboard.press('ArrowLeft')
      await page.keyboard.press('ArrowLeft')
      expect(await visible(page)).toEqual([expect.stringContaining('s2 append s2://my-basin/example-1')])
      await page.goto(`${pathToFileURL(folder)}/conditions.html`)
      await page.evaluate('document.querySelector("#APP-013 .example").open = true')
      const call = page.locator('#APP-013 .call').first()
      await call.locator('summary').click()
      await expect
        .poll(() => call.locator('[role=tabpanel]:visible').allInnerTexts())
        .toEqual([expect.stringContaining('s2 append --match-seq-num 3')])
      expect(await call.locator('p').first().innerText()).toContain('match_seq_num: 1')
      expect(await call.locator('[role=tab][aria-selected=true]').innerText()).toBe('CLI')
    })

    test('say where a client has none', async () => {
      const page = await open('calls.html')
      await page.locator('#read-wait [role=tab]', { hasText: 'CLI' }).click()
      expect(await page.locator('#read-wait [role=tabpanel]:visible').innerText()).toMatch(
        /^No such call in s2 \d+\.\d+\.\d+: s2 read has no option for wait\.$/,
      )
    })

    test('are all there without scripts', async () => {
      const page = await open('calls.html', { javaScriptEnabled: false })
      expect(await page.locator('#append section:visible').count()).toBe(5)
    })
  })

  test('moves the focus to the content first', async () => {
    const page = await open('append.html')
    await page.keyboard.press('Tab')
    expect(await page.locator(':focus').innerText()).toBe('Skip to content')
    await page.keyboard.press('Enter')
    expect(await page.locator(':focus').getAttribute('id')).toBe('main')
  })

  test('changes between light and dark', async () => {
    const page = await open('index.html', { colorScheme: 'dark' })
    const ground = (): Promise<unknown> => page.evaluate('getComputedStyle(document.body).backgroundColor')
    expect(await ground()).toBe('rgb(15, 19, 24)')
    await page.click('#theme')
    expect(await ground()).toBe('rgb(255, 255, 255)')
    await page.goto(`${pathToFileURL(folder)}/append.html`)
    expect(await ground()).toBe('rgb(255, 255, 255)')
  })

  test.each([320, 390, 768, 1440])('fits a window of %i pixels', async (width) => {
    const page = await open('index.html', { viewport: { width, height: 900 } })
    const slugs = ['index', 'append', 's2s', 'errors', ...PATTERN_SLUGS, 'reference', 'requirements', 'calls']
    for (const slug of slugs) {
      await page.goto(`${pathToFileURL(folder)}/${slug}.html`)
      await page.evaluate('document.querySelectorAll("main details").forEach((one) => { one.open = true })')
      expect(await page.evaluate('document.documentElement.scrollWidth'), slug).toBe(width)
    }
  })

  test('prints without navigation', async () => {
    const page = await open('append.html')
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('.top:visible, .side:visible, .neighbours:visible').count()).toBe(0)
    expect(await page.locator('#APP-001 .statement').isVisible()).toBe(true)
  })

  test('prints the exchanges of a pattern', async () => {
    const page = await open('fenced-writer.html')
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('.exchange:visible').count()).toBeGreaterThan(5)
    expect(await page.locator('.curl:visible').count()).toBe(0)
  })

  test('opens the captured exchanges of a row that is looked up', async () => {
    const page = await open('what-to-retry.html')
    await page.locator('a[href="#captured-rate_limited"]').click()
    await expect.poll(() => page.locator('#captured-rate_limited .exchange').first().isVisible()).toBe(true)
  })

  test('can be read without scripts', async () => {
    const page = await open('append.html', { javaScriptEnabled: false })
    expect(await page.locator('nav[aria-label=Pages] a:visible').count()).toBe(
      CONCEPTS.length + PATTERN_SLUGS.length + 2,
    )
    expect(await page.locator('#APP-001 .statement').isVisible()).toBe(true)
  })

  describe('axe finds nothing serious', () => {
    /** Pages of each kind; those of the other concepts have the same form. */
    test.each([
      ['index', 'light'],
      ['index', 'dark'],
      ['conditions', 'light'],
      ['conditions', 'dark'],
      ['s2s', 'light'],
      ...PATTERN_SLUGS.map((slug) => [slug, 'light'] as const),
      ['what-to-retry', 'dark'],
      ['reference', 'dark'],
      ['calls', 'light'],
    ] as const)('%s, %s', async (slug, colorScheme) => {
      const page = await open(`${slug}.html`, { colorScheme })
      await page.evaluate(OPEN_SOME)
      expect(await findings(page)).toEqual([])
    })

    test.each([320, 1440])('a search with results, at %i pixels', async (width) => {
      const page = await open('requirements.html?area=SSE', { viewport: { width, height: 900 } })
      await page.keyboard.press('/')
      await page.keyboard.type('fence')
      await expect.poll(() => page.locator('#results a').count()).toBeGreaterThan(3)
      expect(await findings(page)).toEqual([])
    })
  })
})

interface AxeResult {
  readonly violations: readonly {
    readonly id: string
    readonly impact: string
    readonly nodes: readonly { readonly html: string }[]
  }[]
}

/** Serious and critical violations, each with its first place. */
async function findings(page: Page): Promise<readonly string[]> {
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'))
  const { violations } = await page.evaluate<AxeResult>('axe.run({ resultTypes: ["violations"] })')
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.length}, first ${nodes[0]?.html.slice(0, 160)}`)
}
