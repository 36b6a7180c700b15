import * as v from 'valibot'
import {
  amount,
  count,
  fields,
  flag,
  listOf,
  number,
  oneOf,
  part,
  recordOf,
  type Shape,
  text,
  texts,
  time,
} from '../shape.ts'
import { integrity } from './integrity.ts'
import { machine, server } from './machine.ts'
import { judgement } from './result.ts'
import { workload } from './workload.ts'

export const COMPARISON_OUTCOMES = [
  'no-regression',
  'regression',
  'violation',
  'too-noisy',
  'invalid',
  'interrupted',
] as const
export type ComparisonOutcome = (typeof COMPARISON_OUTCOMES)[number]

const side = fields({
  label: v.pipe(text, v.description('How it was launched, or the files it came from.')),
  server,
  machines: v.pipe(listOf(machine), v.description('That made the load.')),
  rounds: v.pipe(count, v.description('That count.')),
})
export type ComparedSide = Shape<typeof side>

const bounded = v.pipe(
  fields({ value: number, low: number, high: number }),
  v.description('A value with the interval that resampling gives it.'),
)
export type Bounded = Shape<typeof bounded>

export const DECISIONS = ['regressed', 'improved', 'no-difference', 'too-noisy'] as const
export type Decision = (typeof DECISIONS)[number]

const change = v.pipe(bounded, v.description('Of head against base.'))

const metric = fields({
  name: v.pipe(text, v.description('response-p99, append-rate, server-cpu')),
  unit: oneOf(['µs', 'appends/s', 'bytes/s', 'µs/record']),
  better: oneOf(['smaller', 'bigger']),
  isRequired: v.pipe(
    flag,
    v.description(
      'Whether the outcome is open while this is too noisy to tell. The others can accuse, and no more.',
    ),
  ),
  base: bounded,
  head: bounded,
  change,
  noise: v.exactOptional(
    v.pipe(
      amount,
      v.description(
        'By how much base differs from itself at most, measured in the same way. Absent where it was not measured.',
      ),
    ),
  ),
  decision: oneOf(DECISIONS),
  rerun: v.exactOptional(
    v.pipe(
      fields({ change, decision: oneOf(DECISIONS) }),
      v.description(
        'Of all rounds anew, after a regression was found; what it does not show again does not count.',
      ),
    ),
  ),
})
export type ComparedMetric = Shape<typeof metric>

const round = fields({
  phase: v.pipe(
    oneOf(['noise', 'compare', 'confirm']),
    v.description('noise: the A/A run, base against base; compare: base against head; confirm: that again.'),
  ),
  side: oneOf(['base', 'head']),
  launch: v.exactOptional(
    v.pipe(
      count,
      v.description(
        'Of both servers in this phase, from 0; rounds of one launch are resampled together. Absent for finished results.',
      ),
    ),
  ),
  ...judgement,
  integrity,
  values: v.pipe(recordOf(number), v.description('By metric.')),
})
export type ComparedRound = Shape<typeof round>

export const comparison = v.pipe(
  fields({
    format: v.literal('s2-load-comparison'),
    version: v.literal(1),
    tool: text,
    started: time,
    workload,
    summary: v.pipe(text, v.description('One line for people.')),
    base: side,
    head: side,
    blocks: v.pipe(text, v.description('What the intervals are resampled from, in words.')),
    minEffect: v.pipe(part, v.description('The smallest change that matters.')),
    confidence: v.pipe(part, v.description('Of every interval.')),
    seed: v.pipe(
      count,
      v.description('Of the resampling: the same rounds and the same seed give the same intervals.'),
    ),
    outcome: oneOf(COMPARISON_OUTCOMES),
    reasons: v.pipe(
      texts,
      v.description(
        'What the outcome hangs on, the most important first; empty where nothing is to be said.',
      ),
    ),
    notes: v.pipe(texts, v.description('What the intervals do not cover.')),
    metrics: listOf(metric),
    rounds: listOf(round),
  }),
  v.title('How two servers compare under one load, by s2-load ab and s2-load compare'),
  v.description(
    'Latencies in microseconds, rates per second, bytes of record bodies; changes are parts: 0.1 for 10 % more on the side of head.',
  ),
)
/** As `s2-load ab` and `s2-load compare` write it to JSON. */
export type LoadComparison = Shape<typeof comparison>
