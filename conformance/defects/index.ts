import { futureTimestampsAreKept } from './append/future-timestamps-are-kept.ts'
import { largestBatchIsRefused } from './append/largest-batch-is-refused.ts'
import { timestampsFallWithinABatch } from './append/timestamps-fall-within-a-batch.ts'
import { twoWinnersOfACondition } from './append/two-winners-of-a-condition.ts'
import { unfencedStreamTakesAnyToken } from './append/unfenced-stream-takes-any-token.ts'
import { staleTailDuringCommits } from './check-tail/stale-tail-during-commits.ts'
import { tailGoesBack } from './check-tail/tail-goes-back.ts'
import { commandsAreHiddenFromReaders } from './commands/commands-are-hidden-from-readers.ts'
import { trimArgumentIsLittleEndian } from './commands/trim-argument-is-little-endian.ts'
import { trimTakesWhatComesLater } from './commands/trim-takes-what-comes-later.ts'
import { basinDefaultsAreNotInherited } from './control-plane/basin-defaults-are-not-inherited.ts'
import { creationRepeatsByItsTokenAlone } from './control-plane/creation-repeats-by-its-token-alone.ts'
import { listRepeatsTheLastName } from './control-plane/list-repeats-the-last-name.ts'
import { patchReplacesTheConfiguration } from './control-plane/patch-replaces-the-configuration.ts'
import type { Defect } from './defect.ts'
import { bytesBoundCountsCiphertext } from './encryption/bytes-bound-counts-ciphertext.ts'
import { commandsAreSealed } from './encryption/commands-are-sealed.ts'
import { missingKeyIsPassedOver } from './encryption/missing-key-is-passed-over.ts'
import { bytesBoundIgnoresHeaders } from './read/bytes-bound-ignores-headers.ts'
import { equalTimestampsAreSkipped } from './read/equal-timestamps-are-skipped.ts'
import { followerSkipsWhatCameMeanwhile } from './read/follower-skips-what-came-meanwhile.ts'
import { liveBatchBreaksTheBounds } from './read/live-batch-breaks-the-bounds.ts'
import { recordsPast127ComeFirst } from './read/records-past-127-come-first.ts'
import { tailIsReadAsNothing } from './read/tail-is-read-as-nothing.ts'
import { base64ViewIsUrlSafe } from './wire/base64-view-is-url-safe.ts'
import { invalidIsAnsweredWith400 } from './wire/invalid-is-answered-with-400.ts'
import { jsonRoundsTimestamps } from './wire/json-rounds-timestamps.ts'
import { s2sFramesDenyTheirCompression } from './wire/s2s-frames-deny-their-compression.ts'
import { sseIdNamesTheFirstRecord } from './wire/sse-id-names-the-first-record.ts'

/** Every defect but the canary, area by area. */
export const defects: readonly Defect[] = [
  twoWinnersOfACondition,
  unfencedStreamTakesAnyToken,
  largestBatchIsRefused,
  timestampsFallWithinABatch,
  futureTimestampsAreKept,

  trimTakesWhatComesLater,
  trimArgumentIsLittleEndian,
  commandsAreHiddenFromReaders,

  staleTailDuringCommits,
  tailGoesBack,

  tailIsReadAsNothing,
  equalTimestampsAreSkipped,
  bytesBoundIgnoresHeaders,
  liveBatchBreaksTheBounds,
  followerSkipsWhatCameMeanwhile,
  recordsPast127ComeFirst,

  missingKeyIsPassedOver,
  commandsAreSealed,
  bytesBoundCountsCiphertext,

  sseIdNamesTheFirstRecord,
  s2sFramesDenyTheirCompression,
  base64ViewIsUrlSafe,
  jsonRoundsTimestamps,
  invalidIsAnsweredWith400,

  listRepeatsTheLastName,
  creationRepeatsByItsTokenAlone,
  patchReplacesTheConfiguration,
  basinDefaultsAreNotInherited,
]
