import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createServer, type ReferenceServer } from '../../../reference-server/server.ts'
import { openMemoryStore } from '../../../reference-server/store/memory.ts'
import { browserPath } from '../../../reports/testing/browser.ts'
import { readExamples } from '../capture/example-files.ts'
import { buildSite } from './build-site.ts'

const where = browserPath ?? 'SKIPPED: no Chromium on this machine, set CHROME_PATH'

describe.skipIf(browserPath === undefined)(`pages that a server serves (${where})`, () => {
  let browser: Browser
  let server: ReferenceServer
  let url: string
  const complaints: string[] = []

  beforeAll(async () => {
    const files = await buildSite(await readExamples())
    const docs = new Map(files.map(({ path, text }) => [path, text]))
    server = await createServer({ data: { store: await openMemoryStore() }, options: { docs } })
    url = await server.start()
    browser = await chromium.launch({ executablePath: browserPath ?? '' })
  })
  afterAll(async () => {
    await browser.close()
    await server.stop()
  })

  async function open(path: string): Promise<Page> {
    const page = await browser.newPage()
    page.on('console', (message) => complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(String(error)))
    await page.goto(`${url}/docs/${path}`)
    return page
  }

  /** Opens the form of the first request of an example that can be sent. */
  async function openForm(page: Page, id: string, request: string): Promise<void> {
    const row = page.locator(`#${id}`)
    await row.locator('details.example summary').first().click()
    await row.locator('.request', { hasText: request }).first().locator('button.send').click()
  }

  const output = (page: Page): Promise<string> => page.locator('dialog.send pre').innerText()

  test('send the requests of their examples', async () => {
    const page = await open('append.html')
    await openForm(page, 'APP-001', 'POST /v1/streams/')
    await page.click('dialog.send [type=submit]')
    await expect.poll(() => output(page)).toMatch(/HTTP 404[\s\S]*basin_not_found/)
    await page.click('dialog.send [name=prepare]')
    await expect.poll(() => output(page)).toMatch(/HTTP 201[\s\S]*HTTP 201/)
    await page.click('dialog.send [type=submit]')
    await expect.poll(() => output(page)).toMatch(/HTTP 200[\s\S]*"seq_num":\s*0/)
    expect(complaints.filter((text) => !/status of 404/.test(text))).toEqual([])
  })

  test('show a session as it arrives, and end it', async () => {
    const page = await open('sse.html')
    const request = page
      .locator('.request:has(button.send)', { hasText: 'accept: text/event-stream' })
      .first()
    await page.evaluate('document.querySelectorAll("main details").forEach((one) => { one.open = true })')
    await request.locator('button.send').click()
    await page.click('dialog.send [name=prepare]')
    await expect.poll(() => output(page)).toMatch(/HTTP 20\d[\s\S]*HTTP 20\d/)
    await page.click('dialog.send [type=submit]')
    await expect.poll(() => output(page)).toMatch(/HTTP 200/)
    await page.click('dialog.send [name=close]')
    await expect.poll(() => output(page)).toBe('')
  })
})
