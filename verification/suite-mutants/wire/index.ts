import type { Defect } from '../defect.ts'
import { ackTailIsItsStart } from './ack-tail-is-its-start.ts'
import { base64ViewHasNoPadding } from './base64-view-has-no-padding.ts'
import { base64ViewIsUrlSafe } from './base64-view-is-url-safe.ts'
import { emptyListOfRecordsIsLeftOut } from './empty-list-of-records-is-left-out.ts'
import { emptyTailIsNull } from './empty-tail-is-null.ts'
import { framesBeginWithAPacket } from './frames-begin-with-a-packet.ts'
import { headerPairsAreTurned } from './header-pairs-are-turned.ts'
import { invalidTextIsReadAsLatin1 } from './invalid-text-is-read-as-latin-1.ts'
import { jsonAckEndsAtTheLastRecord } from './json-ack-ends-at-the-last-record.ts'
import { jsonRoundsTimestamps } from './json-rounds-timestamps.ts'
import { largeNumbersAreStrings } from './large-numbers-are-strings.ts'
import { loneSurrogatesBecomeMarks } from './lone-surrogates-become-marks.ts'
import { onlyTheFirstMemberIsRead } from './only-the-first-member-is-read.ts'
import { protobufAckLeavesOutZero } from './protobuf-ack-leaves-out-zero.ts'
import { protobufDropsEmptyHeaderValues } from './protobuf-drops-empty-header-values.ts'
import { protobufTimestampsHave32Bits } from './protobuf-timestamps-have-32-bits.ts'
import { shortBodiesAreTakenAsTheyAre } from './short-bodies-are-taken-as-they-are.ts'
import { storedBlocksDoNotDecompress } from './stored-blocks-do-not-decompress.ts'
import { weightOfZeroIsAWish } from './weight-of-zero-is-a-wish.ts'

export const wire: readonly Defect[] = [
  ackTailIsItsStart,
  base64ViewHasNoPadding,
  base64ViewIsUrlSafe,
  emptyListOfRecordsIsLeftOut,
  emptyTailIsNull,
  framesBeginWithAPacket,
  headerPairsAreTurned,
  invalidTextIsReadAsLatin1,
  jsonAckEndsAtTheLastRecord,
  jsonRoundsTimestamps,
  largeNumbersAreStrings,
  loneSurrogatesBecomeMarks,
  onlyTheFirstMemberIsRead,
  protobufAckLeavesOutZero,
  protobufDropsEmptyHeaderValues,
  protobufTimestampsHave32Bits,
  shortBodiesAreTakenAsTheyAre,
  storedBlocksDoNotDecompress,
  weightOfZeroIsAWish,
]
