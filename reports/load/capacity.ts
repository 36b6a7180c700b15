import * as v from 'valibot'
import {
  above0,
  amount,
  fields,
  listOf,
  nonEmpty,
  oneOf,
  recordOf,
  type Shape,
  text,
  texts,
  time,
} from '../shape.ts'
import { machine, server } from './machine.ts'
import { LOAD_VERDICTS } from './result.ts'
import { workload } from './workload.ts'

export const CAPACITY_OUTCOMES = [
  'found',
  'holds-throughout',
  'never-holds',
  'unconfirmed',
  'inconclusive',
  'violation',
  'interrupted',
] as const
export type CapacityOutcome = (typeof CAPACITY_OUTCOMES)[number]

export const STEP_VERDICTS = ['holds', 'fails', 'inconclusive', 'violated'] as const

/** One run at one rate. */
const step = fields({
  perSecond: above0,
  verdict: oneOf(STEP_VERDICTS),
  why: text,
  acked: v.pipe(amount, v.description('What was acknowledged, per second.')),
  run: v.pipe(oneOf(LOAD_VERDICTS), v.description('What its numbers are worth.')),
  reasons: texts,
  values: v.pipe(recordOf(amount), v.description('Of the objectives, in microseconds.')),
})
export type CapacityStep = Shape<typeof step>

export const capacity = v.pipe(
  fields({
    format: v.literal('s2-load-capacity'),
    version: v.literal(1),
    tool: text,
    started: time,
    target: fields({ label: text, server }),
    machines: nonEmpty(machine),
    workload: v.pipe(
      workload,
      v.description('As its first step was run: the others differ in their rate alone.'),
    ),
    summary: text,
    objectives: v.pipe(nonEmpty(text), v.description('response-p99 < 20.0 ms')),
    outcome: oneOf(CAPACITY_OUTCOMES),
    perSecond: v.exactOptional(
      v.pipe(above0, v.description('The greatest that held, twice; absent where none did.')),
    ),
    failsAt: v.exactOptional(
      v.pipe(above0, v.description('The lowest that did not; absent where none was seen to fail.')),
    ),
    unclearAt: v.exactOptional(
      v.pipe(
        above0,
        v.description('The lowest of which it could not be told, where that bounds the search instead.'),
      ),
    ),
    steps: listOf(step),
  }),
  v.title('The greatest rate at which an objective holds, found by s2-load capacity'),
  v.description('Rates in appends per second, times in microseconds.'),
)
/** As `s2-load capacity` writes it to JSON. */
export type Capacity = Shape<typeof capacity>
