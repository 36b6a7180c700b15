import { beforeAll, describe, expect, test } from 'vitest'
import { catalogue } from '../../catalogue/catalogue.ts'
import { readExamples } from '../capture/example-files.ts'
import { buildSite } from './build-site.ts'
import { conceptTexts } from './concept-texts.ts'
import { CONCEPTS } from './concepts.ts'

const pages = new Map<string, string>()

beforeAll(async () => {
  for (const { path, text } of await buildSite(await readExamples())) pages.set(path, text)
})

const anchorsOf = (html: string): ReadonlySet<string> =>
  new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => id))

describe('the site', () => {
  test('has a page for the start and for each concept', () => {
    expect([...pages.keys()].toSorted()).toEqual(
      [
        ...['index', 'not-covered', 'playground', ...CONCEPTS.map(({ slug }) => slug)].map(
          (slug) => `${slug}.html`,
        ),
        'assets/playground.css',
        'assets/playground.js',
      ].toSorted(),
    )
  })

  test('shows each row once', () => {
    const shown = [...pages.values()].flatMap((html) =>
      [...html.matchAll(/<section class="row" id="([^"]+)"/g)].map(([, id]) => id),
    )
    expect(shown.toSorted()).toEqual(catalogue.map(({ id }) => id).toSorted())
  })

  test('has no link that leads nowhere', () => {
    const dead = [...pages]
      .filter(([path]) => path.endsWith('.html'))
      .flatMap(([path, html]) =>
        [...html.matchAll(/ href="([^"]+)"/g)]
          .map(([, href = '']) => href)
          .filter((href) => !/^https?:/.test(href) && !leads(path, href))
          .map((href) => `${path}: ${href}`),
      )
    expect(dead).toEqual([])
  })

  test('loads nothing from elsewhere', () => {
    for (const [path, html] of pages) {
      if (!path.endsWith('.html')) continue
      expect(html).not.toMatch(/<(img|iframe)\b/)
      const loaded = [...html.matchAll(/<(?:script|link)\b[^>]* (?:src|href)="([^"]+)"/g)]
      for (const [, file = ''] of loaded) expect(pages.has(file), file).toBe(true)
    }
  })
})

function leads(from: string, href: string): boolean {
  const [path = '', anchor] = href.split('#')
  const page = pages.get(path === '' ? from : path)
  return page !== undefined && (anchor === undefined || anchorsOf(page).has(anchor))
}

describe('the explanations', () => {
  test('name only rows that exist', async () => {
    const known = new Set(catalogue.map(({ id }) => id))
    for (const [slug, { body }] of await conceptTexts()) {
      const unknown = [...body.matchAll(/\[([A-Z0-9-]+-\d{3})\]/g)].filter(([, id = '']) => !known.has(id))
      expect(unknown, slug).toEqual([])
    }
  })
})
