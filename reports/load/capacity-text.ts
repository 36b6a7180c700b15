import { oneLine } from '../../kit/text/plain.ts'
import type { Capacity, CapacityOutcome, CapacityStep } from './capacity.ts'
import { number } from './words.ts'

/** The first sentence on a capacity. */
const OUTCOME_WORDS: Readonly<Record<CapacityOutcome, string>> = {
  found: 'the greatest rate that holds',
  'holds-throughout': 'it holds up to the greatest rate that was to be tried: say a greater --to',
  'never-holds': 'it does not hold at the lowest rate either: say a lower --from',
  unconfirmed: 'no rate that held has held again',
  inconclusive: 'beyond this the numbers are not worth a decision',
  violation: 'a record was lost or changed',
  interrupted: 'interrupted: this is what there was until then',
}

/** The capacity for a terminal or a log, ending with the answer. */
export function capacityToText({
  tool,
  summary,
  target,
  objectives,
  steps,
  outcome,
  perSecond,
  failsAt,
  unclearAt,
}: Capacity): string {
  const answer = perSecond === undefined ? '' : `${number(perSecond, 1)} appends/s: `
  const isOpen = perSecond !== undefined || outcome === 'inconclusive'
  const bound = boundWords({ failsAt, unclearAt, steps })
  const lines = [
    `${tool}  ${summary}`,
    `${target.label}${target.server === undefined ? '' : `  (${target.server})`}`,
    objectives.join(', '),
    '',
    ...steps.map(stepLine),
    '',
    `${outcome.toUpperCase().replaceAll('-', ' ')}  ${answer}${OUTCOME_WORDS[outcome]}${bound === undefined || !isOpen ? '' : `; ${bound}`}`,
  ]
  return `${lines.map(oneLine).join('\n')}\n`
}

/** What keeps it from being more, and where that could not be told, why. */
function boundWords({
  failsAt,
  unclearAt,
  steps,
}: Pick<Capacity, 'steps'> & {
  readonly failsAt: number | undefined
  readonly unclearAt: number | undefined
}): string | undefined {
  if (failsAt !== undefined) return `${number(failsAt, 1)} do not hold`
  if (unclearAt === undefined) return undefined
  const last = steps.findLast(({ perSecond, verdict }) => perSecond === unclearAt && verdict !== 'holds')
  return `${number(unclearAt, 1)} could not be told: ${last?.why ?? 'nothing is known of it'}`
}

/** One step in one line. */
export const stepLine = ({ perSecond, verdict, run, why }: CapacityStep): string =>
  `${number(perSecond, 1).padStart(11)} appends/s  ${verdict.padEnd(12)}  ${run.padEnd(7)}  ${why}`
