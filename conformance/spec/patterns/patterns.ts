import { exactlyOnceAppend } from './exactly-once-append.ts'
import { fencedWriter } from './fenced-writer.ts'
import type { Pattern } from './pattern.ts'
import { reconnectingTail } from './reconnecting-tail.ts'
import { snapshotAndFollow } from './snapshot-and-follow.ts'
import { trimBehindConsumer } from './trim-behind-consumer.ts'
import { whatToRetry } from './what-to-retry.ts'

/** In the order of their pages. */
export const PATTERNS: readonly Pattern[] = [
  snapshotAndFollow,
  exactlyOnceAppend,
  fencedWriter,
  trimBehindConsumer,
  reconnectingTail,
  whatToRetry,
]
