import * as v from 'valibot'
import { amount, count, fields, recordOf, type Shape } from '../shape.ts'
import { quantiles } from './fault.ts'

const progress = fields({
  due: v.pipe(count, v.description('Appends whose acknowledgement was to be expected by then.')),
  acked: count,
})
export type Progress = Shape<typeof progress>

export const appends = fields({
  seconds: v.pipe(amount, v.description('Of the measured time, over which rates are.')),
  acked: count,
  perSecond: v.pipe(
    fields({ appends: amount, records: amount, bytes: amount }),
    v.description('Acknowledged within the measured time.'),
  ),
  plannedPerSecond: v.exactOptional(
    v.pipe(amount, v.description('Appends, by the plan; absent in a closed loop.')),
  ),
  progress: v.exactOptional(
    v.pipe(
      progress,
      v.description(
        'How far the target had come with the plan when it ended, warm-up included; absent in a closed loop.',
      ),
    ),
  ),
  refused: v.pipe(count, v.description('This and the next two over the whole run, warm-up included.')),
  unknown: count,
  unfinished: count,
  untimed: v.exactOptional(
    v.pipe(
      count,
      v.description(
        'Appends of the measured time that were refused or of unknown outcome, and are in no latency; absent for none.',
      ),
    ),
  ),
  heldBack: v.pipe(
    count,
    v.description('Times that an append had to wait because too many bytes were in flight.'),
  ),
  waited: v.exactOptional(
    v.pipe(
      fields({
        count,
        us: v.pipe(amount, v.description('All their waiting together, in microseconds.')),
      }),
      v.description(
        'Appends of which each was a request of its own, and that had to wait for a connection or a stream of one.',
      ),
    ),
  ),
  endings: v.pipe(recordOf(count), v.description('Why appends were not acknowledged.')),
})
export type AppendFigures = Shape<typeof appends>

const readAmounts = { seconds: amount, records: count, bytes: count }
const readRate = fields({ records: amount, bytes: amount })

export const reads = fields({ ...readAmounts, perSecond: readRate })
export type ReadFigures = Shape<typeof reads>

export const catchUp = fields({
  ...readAmounts,
  perSecond: v.exactOptional(
    v.pipe(readRate, v.description('Absent where it was over too soon for a rate.')),
  ),
})
export type CatchUpFigures = Shape<typeof catchUp>
export type ReadAmounts = Omit<ReadFigures, 'perSecond'>

const interval = fields({
  at: v.pipe(
    amount,
    v.description('Seconds from the beginning of the measured time to the end of the interval.'),
  ),
  appends: v.pipe(amount, v.description('Acknowledged; this and the next three per second.')),
  bytes: amount,
  records: amount,
  read: v.pipe(amount, v.description('Records that readers at the tail got.')),
  response: v.exactOptional(quantiles),
  e2e: v.exactOptional(quantiles),
})
export type Interval = Shape<typeof interval>

export const series = v.pipe(
  v.array(interval, 'is not a list'),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return
    const list = dataset.value
    const back = list.findIndex(({ at }, index) => at < (list[index - 1]?.at ?? 0))
    if (back > 0) addIssue({ message: `[${back}].at is before that of the interval before` })
  }),
)
