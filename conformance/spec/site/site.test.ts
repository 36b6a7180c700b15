import { beforeAll, describe, expect, test } from 'vitest'
import { ERROR_CODES } from '../../../proto/error-codes.ts'
import { catalogue } from '../../catalogue/catalogue.ts'
import { readExamples } from '../capture/example-files.ts'
import { readCaptured } from '../patterns/run/captured-files.ts'
import { PATTERN_SLUGS } from '../patterns/slugs.ts'
import { RETRY_ROWS } from '../patterns/what-to-retry.ts'
import { buildSite } from './build-site.ts'
import { conceptTexts, patternTexts } from './concept-texts.ts'
import { CONCEPTS } from './concepts.ts'

const files = new Map<string, string>()
const pages = new Map<string, string>()
const anchors = new Map<string, ReadonlySet<string>>()

beforeAll(async () => {
  for (const { path, text } of await buildSite(await readExamples())) {
    files.set(path, text)
    if (!path.endsWith('.html')) continue
    pages.set(path, text)
    anchors.set(path, new Set([...text.matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => id)))
  }
})

/** The file and the anchor that a link from a page leads to. */
function targetOf(from: string, href: string): { readonly path: string; readonly anchor: string } {
  const url = new URL(href, `file:///${from}`)
  return { path: url.pathname.slice(1), anchor: decodeURIComponent(url.hash.slice(1)) }
}

function leads(from: string, href: string): boolean {
  const { path, anchor } = targetOf(from, href)
  return files.has(path) && (anchor === '' || anchors.get(path)?.has(anchor) === true)
}

/** A link to a requirement, and the mark behind it. */
const ID_LINK =
  /<a class="id" href="[^"]*">([\w-]+)<\/a>(&nbsp;<small class="disputed-id">disputed<\/small>)?/g

const hrefsOf = (html: string): readonly string[] =>
  [...new Set([...html.matchAll(/ (?:href|src)="([^"]+)"/g)].map(([, href = '']) => href))].filter(
    (href) => !/^(https?|data):/.test(href),
  )

describe('the site', () => {
  test('has a page for the start, each concept, each pattern, the reference and all requirements', () => {
    const top = [...pages.keys()].filter((path) => !path.includes('/')).toSorted()
    const others = ['calls', 'index', 'not-covered', 'playground', 'reference', 'requirements']
    expect(top).toEqual(
      [...others, ...CONCEPTS.map(({ slug }) => slug), ...PATTERN_SLUGS]
        .map((slug) => `${slug}.html`)
        .toSorted(),
    )
  })

  test('shows each requirement once', () => {
    const shown = CONCEPTS.flatMap(({ slug }) =>
      [...(pages.get(`${slug}.html`) ?? '').matchAll(/<section class="row" id="([^"]+)"/g)].map(
        ([, id]) => id,
      ),
    )
    expect(shown.toSorted()).toEqual(catalogue.map(({ id }) => id).toSorted())
  })

  test('has no link that leads nowhere', () => {
    const dead = [...pages].flatMap(([path, html]) =>
      hrefsOf(html)
        .filter((href) => !leads(path, href))
        .map((href) => `${path}: ${href}`),
    )
    expect(dead).toEqual([])
  })

  test('marks each link to a disputed requirement in a text, and no other', () => {
    const disputed = new Set(catalogue.filter((row) => row.disputed !== undefined).map(({ id }) => id))
    const wrong = [...pages].flatMap(([path, html]) =>
      [...html.replaceAll(/<pre[\s\S]*?<\/pre>|<h3>.*|<tr data-id=.*/g, '').matchAll(ID_LINK)]
        .filter(([, id = '', mark]) => disputed.has(id) !== (mark !== undefined))
        .map(([, id]) => `${path}: ${id}`),
    )
    expect(wrong).toEqual([])
    expect(pages.get('index.html')).toMatch(/>CMD-019<\/a>&nbsp;<small class="disputed-id">disputed</)
  })

  test('has no id twice on a page', () => {
    const doubled = [...pages].flatMap(([path, html]) => {
      const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
      return ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `${path}: ${id}`)
    })
    expect(doubled).toEqual([])
  })

  test('loads nothing from elsewhere', () => {
    for (const html of pages.values()) {
      const loaded = [...html.matchAll(/<(?:script|link|img|iframe)\b[^>]*(?:src|href)="([^"]+)"/g)]
      expect(loaded.map(([, from]) => from).filter((from) => /^(?:https?:)?\/\//.test(from ?? ''))).toEqual(
        [],
      )
    }
  })

  test('has no page above 1 MiB', () => {
    const heavy = [...files].filter(([, text]) => Buffer.byteLength(text) > 2 ** 20).map(([path]) => path)
    expect(heavy).toEqual([])
  })

  test('leads from each page to the next, through all of them', () => {
    const seen: string[] = []
    for (let at = 'index.html'; at !== '' && !seen.includes(at); ) {
      seen.push(at)
      at = /<a rel="next" href="([^"]+)"/.exec(pages.get(at) ?? '')?.[1] ?? ''
    }
    expect(seen).toEqual(
      ['index', ...CONCEPTS.map(({ slug }) => slug), ...PATTERN_SLUGS, 'not-covered', 'reference'].map(
        (slug) => `${slug}.html`,
      ),
    )
  })
})

describe('the questions on the start page', () => {
  /** The requirements and the page that must answer each. */
  const ANSWERS: readonly (readonly [question: string, links: readonly string[]])[] = [
    ['batches in flight when match_seq_num is stale', ['append.html#APP-047', 'conditions.html']],
    ['metered size of a record', ['records.html#REC-001', 'records.html']],
    ['read at the tail', ['reading.html#READ-009', 'reading.html#READ-010', 'reading.html#READ-013']],
    ['fence take effect on batches already queued', ['conditions.html#APP-023', 'commands.html']],
    ['largest batch', ['records.html#REC-003', 'records.html#REC-004', 'limits.html']],
    [
      'timestamps that go backwards',
      ['timestamps.html#APP-036', 'timestamps.html#APP-033', 'timestamps.html'],
    ],
    ['trim beyond the tail', ['commands.html#CMD-019', 'commands.html']],
    ['resume SSE without loss', ['sse.html#SSE-009', 'sse.html#SSE-010', 'sse.html']],
    ['64-bit integers', ['records.html#REC-024', 'limits.html']],
    ['may a client retry', ['conditions.html#APP-030', 'reading.html#READ-066', 'errors.html#ERR-043']],
  ]

  test.each(ANSWERS.map(([question, links], index) => [index + 1, question, links] as const))(
    '%i: %s',
    (number, question, links) => {
      const start = pages.get('index.html') ?? ''
      expect(start).toMatch(new RegExp(`<a href="#question-${number}">[^<]*${question}`))
      const [, answer = ''] =
        new RegExp(`<h3 id="question-${number}">([\\s\\S]*?)(?=<h[23]|<nav)`).exec(start) ?? []
      expect(answer).toContain(question)
      expect(hrefsOf(answer)).toEqual(expect.arrayContaining([...links]))
    },
  )
})

describe('the patterns', () => {
  test.each(PATTERN_SLUGS)('%s shows each captured exchange, behind its step', async (slug) => {
    const html = pages.get(`${slug}.html`) ?? ''
    const steps = (await readCaptured()).get(slug) ?? []
    const shown = html.split(/<h2 id="step-/).slice(1)
    expect(shown.map((section) => section.split('<div class="exchange">').length - 1)).toEqual(
      steps.map(({ exchanges }) => exchanges.length),
    )
  })

  test.each(PATTERN_SLUGS)('%s names requirements in each step', (slug) => {
    const [, ...sections] = (pages.get(`${slug}.html`) ?? '').split(/<h2 id="step-/)
    const without = sections.filter(
      (section) => !/<p>[^\n]*<a class="id" href="[\w-]+\.html#[A-Z]/.test(section),
    )
    expect(without.map((section) => section.slice(0, 60))).toEqual([])
  })

  test.each(PATTERN_SLUGS)('%s is linked from a page that explains a concept', (slug) => {
    const from = CONCEPTS.filter((concept) =>
      hrefsOf(pages.get(`${concept.slug}.html`) ?? '').includes(`${slug}.html`),
    )
    expect(from.length).toBeGreaterThan(1)
  })

  test('what to retry has a row for each error code, with its status', () => {
    const rows = new Map(RETRY_ROWS.map(({ label, status }) => [label, status]))
    for (const [code, { status }] of Object.entries(ERROR_CODES)) {
      expect(rows.get(code) ?? rows.get(`S2S: ${code}`), code).toBe(status)
    }
  })
})

describe('the explanations', () => {
  test('name only rows that exist', async () => {
    const known = new Set(catalogue.map(({ id }) => id))
    for (const [slug, { body }] of [...(await conceptTexts()), ...(await patternTexts())]) {
      const unknown = [...body.matchAll(/\[([A-Z0-9-]+-\d{3})\]/g)].filter(([, id = '']) => !known.has(id))
      expect(unknown, slug).toEqual([])
    }
  })
})
