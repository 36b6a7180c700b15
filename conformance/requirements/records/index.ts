import type { Requirement } from '../../check/requirement.ts'
import { base64Decoding, base64Strictness } from './base64.ts'
import { integers } from './integers.ts'
import {
  appendObject,
  fencingTokenTooLong,
  positionalStruct,
  recordObject,
  shapeErrors,
  unknownKeys,
} from './json-append.ts'
import { batchInAnswer, recordInAnswer } from './json-read.ts'
import { oversizedFrame } from './many-headers.ts'
import { ackPositions, protobufErrors, protobufMessages } from './protobuf.ts'
import { emptyBatch, emptyHeaderName, emptyRecord, headersKept, unknownCommand } from './shapes.ts'
import { batchCountLimit, batchSizeLimit, meteredSize, recordSizeLimit } from './sizes.ts'
import { formatsAreViews, notUtf8, rawIsText } from './text.ts'

/** Section 2: what a record and a batch may be, and how they stand in JSON and protobuf. */
export const recordRequirements: readonly Requirement[] = [
  meteredSize,
  recordSizeLimit,
  batchCountLimit,
  batchSizeLimit,
  emptyBatch,
  emptyRecord,
  headersKept,
  emptyHeaderName,
  unknownCommand,
  appendObject,
  recordObject,
  shapeErrors,
  unknownKeys,
  positionalStruct,
  fencingTokenTooLong,
  base64Decoding,
  base64Strictness,
  rawIsText,
  formatsAreViews,
  notUtf8,
  recordInAnswer,
  batchInAnswer,
  integers,
  protobufMessages,
  protobufErrors,
  ackPositions,
  oversizedFrame,
]
