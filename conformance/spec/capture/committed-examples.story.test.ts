import { expect, test } from 'vitest'
import { requirements } from '../../requirements/index.ts'
import { costOf } from '../../run/costs.ts'
import { select } from '../../run/selection.ts'
import { capture, type Source } from './capture.ts'
import { difference } from './difference.ts'
import type { Example } from './example.ts'
import { readExamples } from './example-files.ts'
import { SOURCES } from './sources.ts'
import { isVarying, keyOf } from './varying-rows.ts'

/** `S2_EXAMPLES=all` compares all rows; by default, those whose check takes less than this. */
const SAMPLE_MS = 500
const isWhole = process.env.S2_EXAMPLES === 'all'

/** A change of the server shows each time. A difference by the schedule of the machine does not. */
const ATTEMPTS = 3
const MAX_SHOWN = 10

const source = firstSource()
const { selected } = select(requirements, { profile: source.profile, only: [], time: 'default' })
const ids = new Set(selected.map(({ id }) => id))

/** Examples that only the other source gives begin with its token. */
const isOfSource = ({ id, exchanges }: Example): boolean =>
  ids.has(id) && exchanges[0]?.request.headers.authorization !== 'Bearer $S2_ACCESS_TOKEN'

const ofSource = (await readExamples()).filter(isOfSource)
const compared = ofSource.filter((example) => !isVarying(example))

test('at most one example in ten is not compared', () => {
  const excluded = ofSource.length - compared.length
  expect(excluded / ofSource.length, `${excluded} of ${ofSource.length}`).toBeLessThan(0.1)
})

test('a run produces the committed examples', { timeout: 900_000 }, async () => {
  const sample = compared.filter(({ id }) => isWhole || (costOf(id)?.ms ?? 0) < SAMPLE_MS)
  const different = await differencesOf(sample)
  if (different.size === 0) return
  const shown = [...different.values()].slice(0, MAX_SHOWN).join('\n')
  expect.fail(
    `${different.size} of ${sample.length} examples differ from a run on the reference server. If the change is intended,` +
      ` \`npm run spec -- --capture --out DIR\` replaces the committed examples.\n\n${shown}`,
  )
})

function firstSource(): Source {
  const [first] = SOURCES
  if (first === undefined) throw new Error('no source of examples')
  return first
}

/** Compares them with a run, and those that differ with another one, up to `ATTEMPTS` times. */
async function differencesOf(examples: readonly Example[]): Promise<ReadonlyMap<string, string>> {
  let rest = examples
  let different = new Map<string, string>()
  for (let attempt = 0; attempt < ATTEMPTS && rest.length > 0; attempt += 1) {
    const fresh = await freshOf(rest)
    different = new Map()
    for (const example of rest) {
      const text = difference(example, fresh.get(keyOf(example)))
      if (text !== undefined) different.set(keyOf(example), text)
    }
    rest = rest.filter((example) => different.has(keyOf(example)))
  }
  return different
}

async function freshOf(examples: readonly Example[]): Promise<ReadonlyMap<string, Example>> {
  const only = [...new Set(examples.map(({ id }) => id))]
  const interrupted = new AbortController().signal
  const fresh = await capture({ ...source, only }, { interrupted, onProgress: () => {}, showFailed: true })
  return new Map(fresh.map((example) => [keyOf(example), example]))
}
