import type { Defect } from '../defect.ts'
import { heartbeatIsEmpty } from './heartbeat-is-empty.ts'
import { heartbeatTailIsOneAhead } from './heartbeat-tail-is-one-ahead.ts'
import { lastFrameAdvisesReconnection } from './last-frame-advises-reconnection.ts'
import { lastFrameIsNotMarked } from './last-frame-is-not-marked.ts'
import { lastFrameLacksItsStatus } from './last-frame-lacks-its-status.ts'
import { lengthLeavesOutTheFlags } from './length-leaves-out-the-flags.ts'
import { reservedBitsAreSet } from './reserved-bits-are-set.ts'
import { s2sFramesDenyTheirCompression } from './s2s-frames-deny-their-compression.ts'

export const s2s: readonly Defect[] = [
  heartbeatIsEmpty,
  heartbeatTailIsOneAhead,
  lastFrameAdvisesReconnection,
  lastFrameIsNotMarked,
  lastFrameLacksItsStatus,
  lengthLeavesOutTheFlags,
  reservedBitsAreSet,
  s2sFramesDenyTheirCompression,
]
