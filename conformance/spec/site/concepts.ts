import { createGlob } from '../../../kit/glob.ts'
import { catalogue } from '../../catalogue/catalogue.ts'
import type { Row } from '../../catalogue/row.ts'

/** One page of the site. */
export interface Concept {
  readonly slug: string
  /** Ids or globs; a row is on the first page that names it. */
  readonly rows: readonly string[]
}

/** Pipelining, order and failures of a session. */
const APPEND_SESSIONS = ['APP-044', 'APP-045', 'APP-046', 'APP-047', 'APP-048', 'APP-049']

/** In the order in which one learns S2; `concepts/NN-SLUG.md` explains each. */
export const CONCEPTS: readonly Concept[] = [
  { slug: 'basins-and-streams', rows: ['CP-BAS-*', 'CP-STR-*'] },
  { slug: 'records', rows: ['REC-*'] },
  { slug: 'append', rows: ['APP-00*', 'APP-010', ...APPEND_SESSIONS, 'APP-05*', 'APP-06*'] },
  { slug: 'conditions', rows: ['APP-01*', 'APP-02*', 'APP-030'] },
  { slug: 'commands', rows: ['CMD-*'] },
  {
    slug: 'reading',
    rows: ['READ-00*', 'READ-01*', 'READ-02*', 'READ-03*', 'READ-06*', 'READ-07*', 'TAIL-*'],
  },
  { slug: 'following', rows: ['READ-04*', 'READ-05*'] },
  { slug: 'timestamps', rows: ['APP-03*', 'APP-04*'] },
  { slug: 'sse', rows: ['SSE-*'] },
  { slug: 's2s', rows: ['S2S-*'] },
  { slug: 'encryption', rows: ['ENC-*'] },
  { slug: 'lifecycle', rows: ['AUT-*'] },
  { slug: 'configuration', rows: ['CP-CFG-*'] },
  { slug: 'tokens', rows: ['CP-TOK-*'] },
  { slug: 'metrics', rows: ['CP-MET-*', 'CP-LOC-*'] },
  { slug: 'errors', rows: ['ERR-*', 'CP-ERR-*'] },
  { slug: 'limits', rows: ['CP-LIM-*'] },
  { slug: 'requests', rows: ['RTE-*', 'CP-RT-*', 'CP-LITE-*', 'CP-HOST-*', 'CLI-*'] },
  { slug: 'guarantees', rows: ['LIN-*', 'DUR-*', 'PROP-*'] },
]

const pageOf: ReadonlyMap<string, string> = new Map(
  catalogue.map(({ id }) => {
    const concept = CONCEPTS.find(({ rows }) => rows.some((glob) => createGlob(glob).matches(id)))
    if (concept === undefined) throw new Error(`no page of the site names the row ${id}`)
    return [id, concept.slug]
  }),
)

/** The rows on the page of this concept, in the catalogue's order. */
export const rowsOn = (slug: string): readonly Row[] => catalogue.filter(({ id }) => pageOf.get(id) === slug)

/** The link to a row, from any page; undefined for an id that the catalogue does not have. */
export function linkTo(id: string): string | undefined {
  const slug = pageOf.get(id)
  return slug === undefined ? undefined : `${slug}.html#${id}`
}
