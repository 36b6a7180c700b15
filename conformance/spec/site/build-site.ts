import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Example } from '../capture/example.ts'
import { readCaptured } from '../patterns/run/captured-files.ts'
import { PATTERN_SLUGS } from '../patterns/slugs.ts'
import { playgroundPage } from '../playground/page.ts'
import { callsPage } from './calls-page.ts'
import { conceptPage, textPage } from './concept-page.ts'
import { conceptTexts, patternTexts } from './concept-texts.ts'
import { CONCEPTS, linkTo } from './concepts.ts'
import { readFacts } from './facts.ts'
import { layout } from './layout.ts'
import type { SiteFile } from './page.ts'
import { patternPage } from './pattern-page.ts'
import { referencePage } from './reference-page.ts'
import { requirementsPage } from './requirements-page.ts'
import { searchData } from './search-data.ts'
import { sourcePages } from './source-pages.ts'
import { startPage } from './start-page.ts'

const HERE = import.meta.dirname

/** Every file of the site. */
export async function buildSite(examples: readonly Example[]): Promise<readonly SiteFile[]> {
  const texts = new Map([...(await conceptTexts()), ...(await patternTexts())])
  const captured = await readCaptured()
  const facts = await readFacts(examples)
  const reference = await referencePage(examples)
  const calls = await callsPage()
  const playground = await playgroundPage(linkTo)
  const pages = [
    startPage(texts, facts),
    ...CONCEPTS.map(({ slug }, index) => conceptPage(slug, index + 1, texts, facts)),
    ...PATTERN_SLUGS.map((slug) => patternPage(slug, texts, captured.get(slug) ?? [])),
    textPage('not-covered', texts),
    reference.page,
    requirementsPage(facts),
    calls.page,
    { slug: 'playground', title: 'Playground', main: playground.main },
    ...sourcePages([...facts.checkOf.values(), ...[...facts.rulesOf.values()].flat()]),
  ]
  const files = pages.map((page) => ({
    path: `${page.slug}.html`,
    text: unescapeQuotes(layout(page, texts)),
  }))
  return [
    ...files,
    calls.file,
    ...playground.files,
    ...reference.files,
    ...(await assets()),
    searchData(texts, reference.fields),
  ]
}

/** Quotes need no escape outside of tags, and the bodies of examples are full of them. */
const unescapeQuotes = (html: string): string =>
  html.replaceAll(/>[^<]+/g, (text) => text.replaceAll('&quot;', '"').replaceAll('&#39;', "'"))

/** Scripts and style. */
async function assets(): Promise<readonly SiteFile[]> {
  const scripts = await filesIn('assets')
  const style = (await filesIn('style')).map(({ text }) => text).join('\n')
  return [
    ...scripts,
    { path: 'assets/site.css', text: style },
    { path: 'assets/minisearch.js', text: await searchLibrary() },
  ]
}

async function filesIn(folder: string): Promise<readonly SiteFile[]> {
  const names = (await readdir(join(HERE, folder))).toSorted()
  return await Promise.all(
    names.map(async (name) => ({
      path: `${folder}/${name}`,
      text: await readFile(join(HERE, folder, name), 'utf8'),
    })),
  )
}

/** MiniSearch as a script that sets a global: modules do not load from files. */
async function searchLibrary(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('minisearch')
  const text = await readFile(entry.replace(/dist\/.*$/, 'dist/umd/index.js'), 'utf8')
  return text.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n')
}
