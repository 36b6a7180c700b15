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
}: Capacity): string {
  const answer = perSecond === undefined ? '' : `${number(perSecond, 1)} appends/s: `
  const lines = [
    `${tool}  ${summary}`,
    `${target.label}${target.server === undefined ? '' : `  (${target.server})`}`,
    objectives.join(', '),
    '',
    ...steps.map(stepLine),
    '',
    `${outcome.toUpperCase().replaceAll('-', ' ')}  ${answer}${OUTCOME_WORDS[outcome]}${failsAt === undefined || perSecond === undefined ? '' : `; ${number(failsAt, 1)} ${steps.some((step) => step.perSecond === failsAt && step.verdict === 'fails') ? 'do not hold' : 'could not be told'}`}`,
  ]
  return `${lines.join('\n')}\n`
}

/** One step in one line. */
export const stepLine = ({ perSecond, verdict, run, why }: CapacityStep): string =>
  `${number(perSecond, 1).padStart(11)} appends/s  ${verdict.padEnd(12)}  ${run.padEnd(7)}  ${why}`
