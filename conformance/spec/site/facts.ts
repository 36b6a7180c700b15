import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readReport } from '../../../reports/diff/read.ts'
import { coverage, type State } from '../../catalogue/coverage.ts'
import { requirements } from '../../requirements/index.ts'
import type { Example } from '../capture/example.ts'
import { PATTERN_SLUGS, type PatternSlug } from '../patterns/slugs.ts'
import { RETRY_ROWS } from '../patterns/what-to-retry.ts'
import { checkTexts, type Excerpt } from '../source/check-texts.ts'
import { ruleTexts } from '../source/rule-texts.ts'
import { patternTexts } from './concept-texts.ts'

const PUBLISHED = join(import.meta.dirname, '../../../reports/published')

/** The published runs, and how pages name their servers. */
const RUNS = [
  { file: 's2-lite-0.43.4.json', server: 's2-lite 0.43.4', short: 's2-lite', key: 'lite' },
  { file: 'reference-server-0.1.0.json', server: 'reference server', short: 'reference', key: 'reference' },
  {
    file: 'reference-server-0.1.0-hosted.json',
    server: 'reference server, hosted flavor',
    short: 'hosted flavor',
    key: 'hosted',
  },
] as const

/** The servers with a published verdict; `key` names one in the filters. */
export const SERVERS: readonly Omit<(typeof RUNS)[number], 'file'>[] = RUNS

/** All that pages report about rows, looked up by id. */
export interface Facts {
  readonly stateOf: ReadonlyMap<string, State>
  readonly checkOf: ReadonlyMap<string, Excerpt>
  readonly rulesOf: ReadonlyMap<string, readonly Excerpt[]>
  readonly mutantsOf: ReadonlyMap<string, readonly string[]>
  readonly examplesOf: ReadonlyMap<string, readonly Example[]>
  /** The patterns whose text names a row. */
  readonly patternsOf: ReadonlyMap<string, readonly PatternSlug[]>
  /** The verdict of each published server on a row. */
  readonly verdictsOf: ReadonlyMap<string, readonly ServerVerdict[]>
}

export interface ServerVerdict {
  readonly server: string
  readonly verdict: string
}

export async function readFacts(examples: readonly Example[]): Promise<Facts> {
  return {
    stateOf: coverage(requirements.map(({ id }) => id)).stateOf,
    checkOf: await checkTexts(),
    rulesOf: await ruleTexts(),
    mutantsOf: await killedMutants(),
    examplesOf: Map.groupBy(examples, ({ id }) => id),
    patternsOf: await namingPatterns(),
    verdictsOf: await publishedVerdicts(),
  }
}

async function publishedVerdicts(): Promise<ReadonlyMap<string, readonly ServerVerdict[]>> {
  const verdicts = new Map<string, ServerVerdict[]>()
  for (const { file, server } of RUNS) {
    const { rows } = readReport(await readFile(join(PUBLISHED, file), 'utf8'))
    for (const { id, verdict } of rows.values()) {
      if (verdict === 'not-selected') continue
      verdicts.set(id, [...(verdicts.get(id) ?? []), { server, verdict }])
    }
  }
  return verdicts
}

async function namingPatterns(): Promise<ReadonlyMap<string, readonly PatternSlug[]>> {
  const texts = await patternTexts()
  const pairs = PATTERN_SLUGS.flatMap((slug) =>
    idsIn(slug, texts.get(slug)?.body ?? '').map((id) => ({ id, slug })),
  )
  return new Map(
    [...Map.groupBy(pairs, ({ id }) => id)].map(([id, all]) => [id, all.map(({ slug }) => slug)]),
  )
}

/** The ids of rows in the text of a pattern and in its table. */
function idsIn(slug: PatternSlug, body: string): readonly string[] {
  const inText = [...body.matchAll(/\[([A-Z0-9-]+-\d{3})\]/g)].map(([, id = '']) => id)
  const inTable = slug === 'what-to-retry' ? RETRY_ROWS.flatMap(({ ids }) => ids) : []
  return [...new Set([...inText, ...inTable])]
}

interface PublishedMutants {
  readonly defects: Readonly<Record<string, { readonly claimedBy?: string; readonly noticedBy?: string }>>
}

/** The mutants that each requirement kills, by the published matrix. */
async function killedMutants(): Promise<ReadonlyMap<string, readonly string[]>> {
  const text = await readFile(join(PUBLISHED, 'defects.json'), 'utf8')
  const { defects } = JSON.parse(text) as PublishedMutants
  const mutants = new Map<string, string[]>()
  for (const [name, { claimedBy = '', noticedBy = '' }] of Object.entries(defects)) {
    for (const id of `${claimedBy} ${noticedBy}`.split(' ').filter(Boolean)) {
      mutants.set(id, [...(mutants.get(id) ?? []), name])
    }
  }
  return mutants
}
