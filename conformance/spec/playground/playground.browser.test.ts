import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { browserPath } from '../../../reports/testing/browser.ts'
import { readExamples } from '../capture/example-files.ts'
import { buildSite } from '../site/build-site.ts'
import { EXAMPLES } from './examples.ts'
import { encodeLink } from './link.ts'

const where = browserPath ?? 'SKIPPED: no Chromium on this machine, set CHROME_PATH'
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

describe.skipIf(browserPath === undefined)(`the playground in a browser (${where})`, () => {
  let browser: Browser
  let folder: string
  let address: string
  const opened: Page[] = []
  /** Requests beyond the folder of the site, and everything on the console. */
  const complaints: string[] = []

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: browserPath ?? '' })
    folder = await mkdtemp(join(tmpdir(), 's2-playground-test-'))
    for (const { path, text } of await buildSite(await readExamples())) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), text)
    }
    address = pathToFileURL(join(folder, 'playground.html')).href
  })
  afterAll(async () => {
    await browser.close()
    await rm(folder, { recursive: true })
  })
  afterEach(async () => {
    for (const page of opened.splice(0)) await page.context().close()
    expect(complaints.splice(0)).toEqual([])
  })

  async function open(fragment = '', options: BrowserContextOptions = {}): Promise<Page> {
    const page = await (await browser.newContext(options)).newPage()
    opened.push(page)
    page.on('request', (request) => {
      if (!/^(file|data):/.test(request.url())) complaints.push(request.url())
    })
    page.on('console', (message) => complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(String(error)))
    await page.goto(`${address}${fragment}`)
    return page
  }

  const choose = (page: Page, operation: string): Promise<void> =>
    page.getByRole('radio', { name: operation, exact: true }).check({ force: true })
  const send = (page: Page): Promise<void> => page.getByRole('button', { name: 'Send' }).click()
  const status = (page: Page): Promise<string> => page.locator('.pg-status').innerText()
  const body = (page: Page): Promise<string> => page.getByLabel('Body of the answer').innerText()
  const rows = (page: Page): Promise<readonly string[]> => page.locator('.pg-id').allInnerTexts()
  const cells = (page: Page): Promise<readonly string[]> => page.locator('.pg-cell b').allInnerTexts()
  const chips = (page: Page): Promise<readonly string[]> => page.locator('#pg-steps button').allInnerTexts()

  test('a reader appends, fences, trims and reads, steps back, and shares the link', async () => {
    const page = await open()
    expect(await page.locator('#pg-answer').innerText()).toContain('No request yet')

    await page.getByRole('textbox', { name: 'Body' }).fill('first')
    await page.getByRole('textbox', { name: /^Headers/ }).fill('kind=demo')
    await page.getByRole('button', { name: 'Add a record' }).click()
    await page.getByRole('textbox', { name: 'Body' }).nth(1).fill('second')
    await send(page)
    expect(await status(page)).toContain('200 OK')
    expect(await cells(page)).toEqual(['0', '1'])

    await page.getByLabel('match_seq_num').fill('1')
    await send(page)
    expect(await status(page)).toContain('412 Precondition Failed')
    expect(await body(page)).toBe('{"seq_num_mismatch":2}')
    expect(await rows(page)).toEqual(['APP-013', 'APP-021', 'APP-026'])
    await page.getByLabel('match_seq_num').fill('')

    await choose(page, 'Fence')
    await page.getByLabel('New fencing token').fill('writer-1')
    await send(page)
    expect(await page.locator('#pg-facts').innerText()).toContain('"writer-1"')

    await choose(page, 'Trim')
    await page.getByLabel('First sequence number to keep').fill('1')
    await send(page)
    expect(await page.locator('.pg-cell.pg-trimmed b').allInnerTexts()).toEqual(['0'])

    await choose(page, 'Read')
    await page.getByLabel('count').fill('2')
    await send(page)
    expect(await page.locator('.pg-cell.pg-delivered b').allInnerTexts()).toEqual(['1', '2'])
    expect(await rows(page)).toEqual(['READ-020', 'CMD-022', 'READ-004', 'CMD-008'])

    const all = ['0 empty stream', '1 append 200', '2 append 412', '3 fence 200', '4 trim 200', '5 read 200']
    expect(await chips(page)).toEqual(all)
    await page.getByRole('button', { name: 'Back' }).press('Enter')
    await page.getByRole('button', { name: 'Back' }).press('Enter')
    expect(await page.locator('#pg-steps [aria-current]').innerText()).toBe('3 fence 200')
    expect(await page.locator('.pg-cell.pg-trimmed').count()).toBe(0)
    expect(await page.locator('#pg-replaces').innerText()).toBe('Replaces steps 4 to 5.')

    const link = await page.getByLabel('Link to this sequence').inputValue()
    expect(link).toBe(page.url())
    const shared = await open(link.slice(address.length))
    expect(await chips(shared)).toEqual(all)
    expect(await shared.locator('#pg-steps [aria-current]').innerText()).toBe('5 read 200')
    expect(await body(shared)).toContain('"body":"writer-1"')
  })

  test('64-bit integers are exact in the form, the answer and the link', async () => {
    const page = await open()
    await choose(page, 'Configure')
    await page.getByRole('checkbox', { name: 'uncapped' }).check()
    await send(page)
    await choose(page, 'Append')
    await page.getByLabel('Timestamp', { exact: true }).fill('18446744073709551615')
    await send(page)
    await page.reload()
    expect(await body(page)).toContain('"timestamp":18446744073709551615')
  })

  test('a number that is none is refused at its field, and nothing is sent', async () => {
    const page = await open()
    await page.getByLabel('match_seq_num').fill('18446744073709551616')
    await send(page)
    expect(await page.locator('input[name="match_seq_num"]:invalid').count()).toBe(1)
    expect(await chips(page)).toEqual(['0 empty stream'])
    await page.getByLabel('match_seq_num').fill('0')
    await send(page)
    expect(await status(page)).toContain('200')
  })

  test.each(['#sequence=1.W', '#sequence=1.<img src=x onerror=console.log(1)>', '#sequence=9.W10'])(
    'a malformed link is reported: %s',
    async (fragment) => {
      const page = await open(fragment)
      expect(await page.getByRole('alert').innerText()).toContain('This link holds no sequence')
      expect(await chips(page)).toEqual(['0 empty stream'])
      // The next link works again.
      await page.getByRole('link', { name: 'A stale match_seq_num' }).click()
      expect(await page.getByRole('alert').isHidden()).toBe(true)
      expect(await chips(page)).toContain('3 append 412')
    },
  )

  test('markup in a record is text', async () => {
    const page = await open()
    await page.getByRole('textbox', { name: 'Body' }).fill('<img src=x onerror=console.log(1)>')
    await send(page)
    expect(await page.locator('.pg-body').innerText()).toBe('<img src=x onerror=console.log(1)>')
  })

  test.each(['light', 'dark'] as const)('axe finds nothing serious in %s', async (colorScheme) => {
    for (const [index, viewport] of [
      [0, { width: 1360, height: 900 }],
      [2, { width: 390, height: 800 }],
    ] as const) {
      const page = await open(encodeLink(EXAMPLES[index]?.steps ?? []), { colorScheme, viewport })
      await page.evaluate(axe)
      for (const operation of ['Append', 'Read']) {
        await choose(page, operation)
        const found: unknown = await page.evaluate(
          `axe.run({ preload: false }).then(({ violations }) => violations
            .filter(({ impact }) => impact === 'serious' || impact === 'critical')
            .map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))`,
        )
        expect(found).toEqual([])
      }
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    }
  })
})
