import { checkHistory } from '../../conformance/history/check-history.ts'
import type { Anomaly } from '../../conformance/history/finding.ts'
import type { History } from '../../conformance/history/operation.ts'
import { pickBetween } from '../../conformance/history/random.ts'
import { isLinearizable } from '../../conformance/history/wing-gong.ts'
import { createRandom } from '../../kit/random.ts'
import { corrupt } from './corrupt.ts'
import { generateHistory, type Kind } from './generate.ts'

/** What two judges who know nothing of each other said of the same histories. */
export interface Agreement {
  readonly histories: number
  readonly valid: number
  readonly violated: number
  /** Of the histories, those in which these took part. */
  readonly withTrims: number
  readonly withFollowers: number
  readonly withSessions: number
  readonly withUnknown: number
  /** How often each anomaly was the first to be named. */
  readonly anomalies: ReadonlyMap<Anomaly, number>
  /** Seeds of the histories on which they disagree. */
  readonly disagreements: readonly number[]
}

const NONE: Readonly<Record<Kind, number>> = {
  append: 0,
  session: 0,
  conditional: 0,
  fenced: 0,
  fence: 0,
  trim: 0,
  read: 0,
  tail: 0,
  follow: 0,
}

const KINDS: Readonly<Record<Kind, number>> = {
  append: 4,
  session: 1,
  conditional: 2,
  fenced: 2,
  fence: 2,
  trim: 2,
  read: 4,
  tail: 3,
  follow: 2,
}

/** Where much is trimmed and read, and few are at it: enough happens one after the other. */
const TRIMMING: typeof KINDS = { ...NONE, append: 1, trim: 4, read: 8, follow: 1 }

/** The history of a seed: of two to four clients and at most some eight operations, every third one as it was. */
export function historyOf(seed: number): History {
  const random = createRandom(seed)
  const isTrimming = seed % 4 === 0
  const history = generateHistory(random, {
    clients: isTrimming ? 2 : pickBetween(random, 2, 4),
    operations: isTrimming ? 7 : pickBetween(random, 2, 6),
    kinds: isTrimming ? TRIMMING : KINDS,
    lost: 15,
  })
  return seed % 3 === 0 ? history : corrupt(history, random)
}

/** Compares the sweep and the search on the histories of `count` seeds from `from` on. */
export function compareJudges(from: number, count: number): Agreement {
  const anomalies = new Map<Anomaly, number>()
  const disagreements: number[] = []
  const sums = { valid: 0, violated: 0, withTrims: 0, withFollowers: 0, withSessions: 0, withUnknown: 0 }
  for (let seed = from; seed < from + count; seed++) {
    const history = historyOf(seed)
    const judgement = checkHistory(history)
    const isValid = isLinearizable(history)
    isValid ? sums.valid++ : sums.violated++
    if ((judgement.verdict !== 'violated') !== isValid) disagreements.push(seed)
    if (judgement.verdict === 'violated') {
      const name = judgement.findings[0]?.anomaly
      if (name !== undefined) anomalies.set(name, (anomalies.get(name) ?? 0) + 1)
    }
    const has = (test: (operation: History['operations'][number]) => boolean): number =>
      history.operations.some(test) ? 1 : 0
    sums.withTrims += has(({ did }) => did.action === 'append' && did.trim !== undefined)
    sums.withFollowers += has(({ did }) => did.action === 'follow')
    sums.withSessions += has(({ did }) => did.action === 'append' && did.session !== undefined)
    sums.withUnknown += has(({ got }) => got.outcome === 'unknown')
  }
  return { histories: count, ...sums, anomalies, disagreements }
}
