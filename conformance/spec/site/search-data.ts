import { catalogue } from '../../catalogue/catalogue.ts'
import { PATTERN_SLUGS } from '../patterns/slugs.ts'
import type { ConceptText } from './concept-texts.ts'
import { CONCEPTS, linkTo } from './concepts.ts'
import { contentsOf } from './markdown.ts'
import type { SiteFile } from './page.ts'

/** One thing that the search finds. */
export interface SearchEntry {
  readonly kind: 'requirement' | 'page' | 'error' | 'field'
  /** An id, a code, a name, or empty. */
  readonly id: string
  readonly title: string
  readonly text: string
  readonly url: string
}

/** All that the search finds, as a script: a page from a file may not fetch. */
export function searchData(
  texts: ReadonlyMap<string, ConceptText>,
  others: readonly SearchEntry[],
): SiteFile {
  const entries = [...catalogue.map(requirementEntry), ...pageEntries(texts), ...others]
  return { path: 'assets/search-data.js', text: `window.S2_SEARCH = ${JSON.stringify(entries)}\n` }
}

const requirementEntry = ({ id, title, statement }: (typeof catalogue)[number]): SearchEntry => ({
  kind: 'requirement',
  id,
  title: plain(title),
  text: plain(statement),
  url: linkTo(id) ?? '',
})

const pageEntries = (texts: ReadonlyMap<string, ConceptText>): readonly SearchEntry[] =>
  ['index', ...CONCEPTS.map(({ slug }) => slug), ...PATTERN_SLUGS, 'not-covered'].flatMap((slug) => {
    const { title = slug, summary = '', body = '' } = texts.get(slug) ?? {}
    const page: SearchEntry = { kind: 'page', id: '', title, text: plain(summary), url: `${slug}.html` }
    const sections = contentsOf(body).map(
      (section): SearchEntry => ({
        kind: 'page',
        id: '',
        title: section.title,
        text: `On the page ${title}`,
        url: `${slug}.html#${section.anchor}`,
      }),
    )
    return [page, ...sections]
  })

const plain = (text: string): string => text.replaceAll('`', '')
