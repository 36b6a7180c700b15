import * as v from 'valibot'
import { amount, count, fields, listOf, part, type Shape } from '../shape.ts'

const thread = v.pipe(
  fields({
    busy: v.pipe(part, v.description('Part of the time that it was busy.')),
    loopDelayP99Us: amount,
    loopDelayMostUs: amount,
    stoodStillUs: v.exactOptional(
      v.pipe(amount, v.description('All times together in which its loop did not turn for 10 ms or more.')),
    ),
    collections: v.pipe(count, v.description('Of garbage.')),
    collectedUs: amount,
    longestCollectionUs: amount,
    waitedUs: v.exactOptional(
      v.pipe(
        amount,
        v.description('Ready to run, with no processor free; absent where the system does not say.'),
      ),
    ),
  }),
  v.description('How a thread of the generator fared.'),
)
export type ThreadFigures = Shape<typeof thread>

const windowPair = fields({ stream: count, connection: count })

const blocked = fields({
  byConnectionMs: amount,
  byStreamMs: v.pipe(
    amount,
    v.description('Or the target read nothing from its socket, which looks the same from here.'),
  ),
  stretches: count,
  longestMs: amount,
})

const windows = v.pipe(
  fields({
    ours: v.pipe(windowPair, v.description('Of each stream and each connection: what this side gave.')),
    theirs: v.pipe(windowPair, v.description('What the target gave at first.')),
    leastLeft: v.pipe(count, v.description('The least that a connection to the target had left.')),
    grown: v.pipe(
      count,
      v.description(
        'How often the window of a connection was seen to have grown: what came between two looks counts as one.',
      ),
    ),
    blocked: v.pipe(
      blocked,
      v.description('Time in which appends waited on a connection for a window, by whose window it was.'),
    ),
    oursTaken: v.pipe(
      part,
      v.description(
        'The greatest part of a connection window of this side that was taken: at 1 the readers held up the target.',
      ),
    ),
  }),
  v.description(
    "What was known of HTTP/2's flow control, in bytes; times in milliseconds, of all connections and threads together, those of sessions as sampled.",
  ),
)
export type WindowsFigures = Shape<typeof windows>

export const generator = v.pipe(
  fields({
    threads: v.pipe(listOf(thread), v.description('While the appends that count were begun.')),
    catchUpThreads: v.exactOptional(
      v.pipe(
        listOf(thread),
        v.description('The same threads while readers caught up; absent where none did.'),
      ),
    ),
    proxyThread: v.exactOptional(
      v.pipe(
        thread,
        v.description(
          'Of the proxy that all bytes went through, where faults were planned on the way; absent without.',
        ),
      ),
    ),
    stalled: v.pipe(
      part,
      v.description(
        'Of the time, in which data waited for an HTTP/2 window, faults included; of sessions as sampled.',
      ),
    ),
    windows: v.exactOptional(windows),
    machineBusy: v.pipe(
      part,
      v.description('What was used of all processors of the machine, by this generator too.'),
    ),
    stolen: v.exactOptional(
      v.pipe(
        part,
        v.description(
          'Of all processors of the machine, by the host of a virtual one; absent where the system does not say.',
        ),
      ),
    ),
  }),
  v.description(
    'How the generator fared itself. In a merged result parts are those of the machine that fared worst.',
  ),
)
export type GeneratorFigures = Shape<typeof generator>
