import * as v from 'valibot'
import { amount, count, fields, oneOf, type Shape, text } from '../shape.ts'

export const quantiles = v.pipe(
  fields({ p50: count, p99: count, greatest: count }),
  v.description(
    'Of what ended in the interval. In a result merged of several machines the highest of any of them, which the common quantile does not exceed.',
  ),
)
export type Quantiles = Shape<typeof quantiles>

const phase = v.pipe(
  fields({
    seconds: amount,
    appends: v.pipe(amount, v.description('Acknowledged, per second.')),
    failed: v.exactOptional(
      v.pipe(count, v.description('Ended without an ack; absent for none. They are in no response time.')),
    ),
    response: v.exactOptional(quantiles),
  }),
  v.description('Of appends that ended in it.'),
)
export type PhaseFigures = Shape<typeof phase>

export const FAULT_NAMES = ['cut', 'stall', 'delay', 'pause', 'kill'] as const

export const fault = v.pipe(
  fields({
    what: v.pipe(text, v.description('stall 500ms at 2s')),
    kind: oneOf(FAULT_NAMES),
    plannedAt: amount,
    firedAt: v.exactOptional(v.pipe(amount, v.description('Absent for a fault that did not come.'))),
    endedAt: v.exactOptional(
      v.pipe(
        amount,
        v.description('When what it did was over: bytes went through again, or the target was ready again.'),
      ),
    ),
    recoveredAt: v.exactOptional(
      v.pipe(
        amount,
        v.description(
          'When an append was acknowledged after that, and no more were in flight than before; absent where that did not come.',
        ),
      ),
    ),
    met: v.pipe(text, v.description('What it met, or why it did not come.')),
    refused: v.pipe(count, v.description('This and the next: appends that ended so until it had recovered.')),
    unknown: count,
    longestGapUs: v.pipe(
      amount,
      v.description('The longest time without an ack until it had recovered; 0 for one too short to tell.'),
    ),
    firstAckUs: v.exactOptional(
      v.pipe(amount, v.description('From its end to the next ack; absent where none came.')),
    ),
    before: v.exactOptional(
      v.pipe(phase, v.description('From the fault before, or the beginning, to this one.')),
    ),
    during: v.exactOptional(v.pipe(phase, v.description('Until it had recovered.'))),
    after: v.exactOptional(v.pipe(phase, v.description('From then to the next fault, or the end.'))),
  }),
  v.description(
    'One fault: when it was planned, when it came, what it met and what came of it. Seconds are those of the measured time.',
  ),
)
export type FaultFigures = Shape<typeof fault>
