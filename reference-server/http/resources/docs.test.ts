import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { createServer, type ServerOptions } from '../../server.ts'
import { openMemoryStore } from '../../store/memory.ts'
import { type Docs, readDocs } from './docs.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

const PAGES: Docs = new Map([
  ['index.html', '<!doctype html>'],
  ['source/append.html', '<!doctype html>append'],
  ['assets/site.css', 'a {}'],
  ['openapi.json', '{}'],
])

async function serve(options: ServerOptions): Promise<string> {
  const server = await createServer({ data: { store: await openMemoryStore() }, options })
  closers.push(() => server.stop())
  return await server.start()
}

describe('the pages of the specification', () => {
  test.each([
    ['/docs/index.html', '<!doctype html>', 'text/html; charset=utf-8'],
    ['/docs/index.html?q=1', '<!doctype html>', 'text/html; charset=utf-8'],
    ['/docs/source/append.html', '<!doctype html>append', 'text/html; charset=utf-8'],
    ['/docs/assets/site.css', 'a {}', 'text/css; charset=utf-8'],
    ['/docs/openapi.json', '{}', 'application/json'],
  ])('%s is served, without a token', async (path, text, type) => {
    const url = await serve({ docs: PAGES, auth: { rootToken: 'root-token-of-this-test' } })
    const answer = await fetch(`${url}${path}`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe(type)
    expect(answer.headers.get('content-security-policy')).toContain("connect-src 'self'")
    expect(await answer.text()).toBe(text)
  })

  test.each(['/docs/', '/docs/append.html', '/docs/..%2fpackage.json', '/docs/__proto__', '/docsx'])(
    '%s is not there',
    async (path) => {
      expect((await fetch(`${await serve({ docs: PAGES })}${path}`)).status).toBe(404)
    },
  )

  test('begin at /docs', async () => {
    const answer = await fetch(`${await serve({ docs: PAGES })}/docs`)
    expect(answer.url).toMatch(/\/docs\/index\.html$/)
    expect(await answer.text()).toBe('<!doctype html>')
  })

  test('are served on request only', async () => {
    const url = await serve({})
    expect((await fetch(`${url}/docs`)).status).toBe(404)
    expect((await fetch(`${url}/docs/index.html`)).status).toBe(404)
  })

  test('are read from the file that the build packs', async () => {
    const folder = await mkdtemp(join(tmpdir(), 's2-docs-test-'))
    closers.push(() => rm(folder, { recursive: true }))
    const file = join(folder, 'docs.json.gz')
    await writeFile(file, gzipSync(JSON.stringify({ 'index.html': 'page' })))
    expect(await readDocs(file)).toEqual(new Map([['index.html', 'page']]))
  })
})
