import type {
  ComparedMetric,
  ComparedRound,
  ComparisonOutcome,
  LoadComparison,
} from '../../reports/load/comparison.ts'
import { metricSentence } from '../../reports/load/comparison-words.ts'
import { isWorth } from './play-rounds.ts'

export interface Evidence {
  readonly metrics: readonly ComparedMetric[]
  readonly rounds: readonly ComparedRound[]
  readonly isInterrupted: boolean
  /** Whether a regression that was found counts, having been seen again or in several runs. */
  readonly isConfirmed: boolean
  readonly allowSuspect: boolean
  /** Base was compared with itself here, so that it is known what others on this machine do to a comparison. */
  readonly isNoiseKnown: boolean
  /** Why the two sides have nothing to say to each other, whatever their numbers. */
  readonly voids: readonly string[]
  /** Why no decision can be made, beside what the rounds say of themselves. What could not be told undoes nothing that was. */
  readonly doubts: readonly string[]
}

/** What comes of it all. The worst first, for a loss is not undone by good numbers, nor a regression by a doubtful round now and then. */
export function conclude(evidence: Evidence): Pick<LoadComparison, 'outcome' | 'reasons'> {
  for (const look of LOOKS) {
    const { outcome, reasons } = look(evidence)
    if (reasons.length > 0) return { outcome, reasons }
  }
  return { outcome: 'no-regression', reasons: [] }
}

interface Finding {
  readonly outcome: ComparisonOutcome
  /** None: it was not that. */
  readonly reasons: readonly string[]
}

type Look = (evidence: Evidence) => Finding

const violated: Look = ({ rounds }) => ({
  outcome: 'violation',
  reasons: rounds
    .filter(({ integrity }) => integrity.verdict === 'violated')
    .flatMap(({ side, phase, integrity: { violations, first } }) => [
      `${side}, ${phase}: ${Object.entries(violations)
        .map(([name, count]) => `${count} ${name}`)
        .join(', ')}`,
      ...first.map(({ anomaly, seqNum, stream, what }) => `${anomaly} at ${seqNum} of ${stream}: ${what}`),
    ]),
})

const incomparable: Look = ({ voids, rounds }) => ({
  outcome: 'invalid',
  reasons: [...voids, ...acknowledgedNothing(rounds)],
})

/** Where most rounds of a side are doubtful it may be the doubt that was seen, however often. */
const regressed: Look = ({ metrics, rounds, isConfirmed, allowSuspect, isNoiseKnown }) => {
  const isTrusted = allowSuspect || suspect(rounds, isNoiseKnown, mayMislead).length === 0
  return {
    outcome: 'regression',
    reasons: isConfirmed && isTrusted ? sentences(metrics, ({ decision }) => decision === 'regressed') : [],
  }
}

/** What a target fails to do is what is to be found, and no generator that is late turns all acks into none. */
const mayMislead = ({ reasonsOf = [], values: { 'append-rate': rate } }: ComparedRound): boolean =>
  rate !== 0 && (reasonsOf.length === 0 || reasonsOf.some((whose) => whose !== 'target'))

const interrupted: Look = ({ isInterrupted }) => ({
  outcome: 'interrupted',
  reasons: isInterrupted ? ['not all rounds were played, and nothing is decided'] : [],
})

const invalid: Look = ({ rounds, doubts, allowSuspect, isNoiseKnown }) => ({
  outcome: 'invalid',
  reasons: [...doubts, ...worthless(rounds), ...(allowSuspect ? [] : suspect(rounds, isNoiseKnown))],
})

/** Seen once, where nothing was run again: worth a look, and no more. */
const hinted: Look = ({ metrics }) => ({
  outcome: 'too-noisy',
  reasons: sentences(metrics, ({ decision }) => decision === 'regressed').map(
    (sentence) => `${sentence}: not confirmed`,
  ),
})

const noisy: Look = ({ metrics }) => ({
  outcome: 'too-noisy',
  reasons: sentences(metrics, ({ decision, isRequired }) => isRequired && decision === 'too-noisy'),
})

const LOOKS: readonly Look[] = [violated, incomparable, regressed, interrupted, invalid, hinted, noisy]

const sentences = (
  metrics: readonly ComparedMetric[],
  which: (metric: ComparedMetric) => boolean,
): readonly string[] => metrics.filter(which).map(metricSentence)

const worthless = (rounds: readonly ComparedRound[]): readonly string[] =>
  [...Map.groupBy(rounds, ({ side, phase }) => `${side} (${phase})`)].flatMap(([where, all]) => {
    const [first, ...more] = all.filter((round) => !isWorth(round))
    const why = first === undefined ? '' : [...first.reasons, ...first.integrity.notes][0]
    return first === undefined
      ? []
      : [`${more.length + 1} of ${all.length} rounds of ${where} are worth nothing: ${why}`]
  })

/** Whoever refuses is quick, and next to that any server is slow. */
function acknowledgedNothing(rounds: readonly ComparedRound[]): readonly string[] {
  const rates = rounds.flatMap(({ side, values: { 'append-rate': rate } }) =>
    side === 'base' && rate !== undefined ? [rate] : [],
  )
  return rates.length > 0 && rates.every((rate) => rate === 0)
    ? ['base acknowledged nothing: there is nothing to compare with']
    : []
}

/** A note on what others on this machine did to the rounds of `ab`. */
export function machineNotes(rounds: readonly ComparedRound[]): readonly string[] {
  const [first, ...more] = rounds.filter(({ sharedMachine }) => sharedMachine === true)
  return first === undefined
    ? []
    : [
        `${more.length + 1} of ${rounds.length} rounds are SUSPECT for what others did on this machine, which the A/A run shows, too: ${first.reasons[0] ?? ''}`,
      ]
}

/** A doubtful round now and then befalls both sides, and widens the intervals; of most rounds it is another matter. */
function suspect(
  rounds: readonly ComparedRound[],
  isNoiseKnown: boolean,
  isMeant: (round: ComparedRound) => boolean = () => true,
): readonly string[] {
  return [...Map.groupBy(rounds, ({ side }) => side)].flatMap(([side, all]) => {
    const doubtful = all.filter(
      (round) =>
        round.verdict === 'SUSPECT' && !(isNoiseKnown && round.sharedMachine === true) && isMeant(round),
    )
    return doubtful.length * 2 <= all.length
      ? []
      : [
          `${doubtful.length} of ${all.length} rounds of ${side} are SUSPECT: ${doubtful[0]?.reasons[0] ?? ''}`,
        ]
  })
}
