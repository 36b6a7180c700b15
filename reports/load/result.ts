import * as v from 'valibot'
import {
  amount,
  count,
  fields,
  flag,
  listOf,
  nonEmpty,
  oneOf,
  onlyTrue,
  recordOf,
  type Shape,
  text,
  texts,
  time,
} from '../shape.ts'
import { appends, catchUp, reads, series } from './amounts.ts'
import { ceilingFigures } from './calibration.ts'
import { fault } from './fault.ts'
import { generator } from './generator.ts'
import { integrity } from './integrity.ts'
import { latencies, quantileValues } from './latency.ts'
import { machine, server } from './machine.ts'
import { workload } from './workload.ts'

export type {
  AppendFigures,
  CatchUpFigures,
  Interval,
  Progress,
  ReadAmounts,
  ReadFigures,
} from './amounts.ts'
export { FAULT_NAMES, type FaultFigures, type PhaseFigures, type Quantiles } from './fault.ts'
export type { GeneratorFigures, ThreadFigures, WindowsFigures } from './generator.ts'
export { INTEGRITIES, type Integrity } from './integrity.ts'
export { LATENCY_NAMES, type Latency, type LatencyName } from './latency.ts'
export type { Machine } from './machine.ts'

/** The worst last. */
export const LOAD_VERDICTS = ['VALID', 'SUSPECT', 'INVALID'] as const
export type LoadVerdict = (typeof LOAD_VERDICTS)[number]

/**
 * Whose doing it is that numbers are doubtful. `others`: whoever else uses this machine, or its host; `target`: it failed or did
 * not keep up; `generator`: everything else, so that a load and its target that are too much for one machine are meant too.
 */
export const CULPRITS = ['generator', 'others', 'target'] as const
export type Culprit = (typeof CULPRITS)[number]

/** What a run says of the worth of its numbers. */
export const judgement = {
  verdict: v.pipe(oneOf(LOAD_VERDICTS), v.description('What the numbers are worth.')),
  reasons: v.pipe(texts, v.description('Why they are SUSPECT or INVALID.')),
  reasonsOf: v.exactOptional(
    v.pipe(
      listOf(oneOf(CULPRITS)),
      v.description(
        'Of each of the reasons, whose doing it is; absent where there are none, or it is not known. others: whoever else uses this machine, or its host. target: it failed or did not keep up. generator: everything else, a load and its target that are too much for one machine among it.',
      ),
    ),
  ),
  sharedMachine: v.exactOptional(
    v.pipe(
      onlyTrue,
      v.description('All of the reasons are of others on this machine, which befall every run on it alike.'),
    ),
  ),
}

const secondOpinion = v.pipe(
  fields({
    tool: v.pipe(text, v.description('Its name and version.')),
    count,
    perSecond: amount,
    failed: count,
    mean: count,
    greatest: count,
    quantiles: quantileValues,
  }),
  v.description(
    'What another tool measured at the same rate after the load; absent where it was not asked. Of appends from when they were sent, in whole milliseconds that are told as microseconds here.',
  ),
)
export type SecondOpinion = Shape<typeof secondOpinion>

const target = fields({
  label: v.pipe(text, v.description('The endpoint, as it was given.')),
  server,
  launch: v.exactOptional(
    v.pipe(
      text,
      v.description(
        'The command that started it, where it was started for the run; its port and its storage are not filled in.',
      ),
    ),
  ),
  cpuSeconds: v.exactOptional(
    v.pipe(
      amount,
      v.description(
        'CPU time of all its processes within the measured time, in seconds, where it was launched on this machine.',
      ),
    ),
  ),
})

export const loadResult = v.pipe(
  fields({
    format: v.literal('s2-load'),
    version: v.literal(1),
    tool: v.pipe(text, v.description('Its name and version.')),
    started: v.pipe(time, v.description('When the plan began.')),
    startAt: v.exactOptional(
      v.pipe(
        time,
        v.description(
          'When it was to begin, on this machine and others together; absent where it began as soon as all was ready.',
        ),
      ),
    ),
    target,
    machines: v.pipe(
      nonEmpty(machine),
      v.description(
        'Those that made the load, each with threads of its own; of a merged result all of them.',
      ),
    ),
    workload: v.pipe(
      workload,
      v.description(
        'The workload as it was run, defaults filled in. Results of one workload can be merged and compared.',
      ),
    ),
    summary: v.pipe(text, v.description('The workload in one line for people.')),
    ...judgement,
    interrupted: flag,
    integrity,
    faults: v.exactOptional(
      v.pipe(
        listOf(fault),
        v.description('What was done to the load or its target on purpose, in the order of the plan.'),
      ),
    ),
    appends,
    tail: v.exactOptional(v.pipe(reads, v.description('Readers at the tail, within the measured time.'))),
    catchUp: v.exactOptional(
      v.pipe(catchUp, v.description('Readers that began at the first record when the appends had ended.')),
    ),
    readEndings: v.exactOptional(
      v.pipe(
        recordOf(count),
        v.description(
          'Why read sessions ended that were not to, and how many each, however often it was then tried to open another; absent where none did.',
        ),
      ),
    ),
    latencies: v.pipe(latencies, v.description('Of appends that were planned for the measured time.')),
    series: v.pipe(series, v.description('The measured time, second by second, in order.')),
    generator,
    secondOpinion: v.exactOptional(secondOpinion),
    ceiling: v.exactOptional(ceilingFigures),
  }),
  v.title('The result of a run of s2-load'),
  v.description('Times in microseconds unless said otherwise; bytes are those of record bodies.'),
)
/** What a run of the load generator has measured, as it is written to JSON. Times in microseconds, bytes of record bodies. */
export type LoadResult = Shape<typeof loadResult>
