import type { Random } from '../../kit/random.ts'
import { pickBetween } from '../history/random.ts'

/** When something is done to a target under load. */
export type Moment =
  | { readonly when: 'later'; readonly milliseconds: number }
  /** As soon as this many more batches were acknowledged to pipelined sessions, or handed to the connection. */
  | { readonly when: 'acked' | 'sent'; readonly count: number }

/** What is done to it; a `start` that is given up is followed by a kill, and then a start in peace. */
export interface ProcessFault {
  readonly at: Moment
  readonly with: 'kill' | 'stop' | 'pause' | 'mark'
  /** Kill it again so long after it began to start. */
  readonly killedAgainAfter?: number
}

/** As many kills as asked for, one after another at each kind of moment; the second and every fifth after it hit a restart. */
export function planKills(random: Random, count: number): readonly ProcessFault[] {
  return Array.from({ length: count }, (_, index): ProcessFault => {
    const at: Moment =
      index % 3 === 0
        ? { when: 'acked', count: pickBetween(random, 1, 40) }
        : index % 3 === 1
          ? { when: 'sent', count: pickBetween(random, 1, 40) }
          : { when: 'later', milliseconds: pickBetween(random, 20, 300) }
    return { at, with: 'kill', ...(index % 5 === 1 && { killedAgainAfter: pickBetween(random, 0, 400) }) }
  })
}
