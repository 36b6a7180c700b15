import { decompress } from '../../proto/compression.ts'
import { errorBodyToJson } from '../../proto/error-bodies.ts'
import { ERROR_CODES } from '../../proto/error-codes.ts'
import { encodeTerminal, FrameDecoder, framePieces } from '../../proto/frames.ts'
import { appendAckToJson, appendInputFromJson, readBatchToJson, tailToJson } from '../../proto/json-bodies.ts'
import { encodeAppendAck, readBatchPieces } from '../../proto/messages.ts'
import { batchEvent, doneEvent, errorEvent, pingEvent } from '../../proto/sse-events.ts'
import type { Refusal } from '../semantics/refusal.ts'
import { acceptedCoding } from './requests/accepted-coding.ts'

/** A refusal on the wire: a status and its JSON body, of a unary answer or a terminal frame. */
export interface ErrorAnswer {
  readonly status: number
  readonly json: string
}

/**
 * How the data plane's requests are taken from the wire, and its outcomes put on it, as one value: handed to the server when it starts, and replaced
 * one at a time by a seeded defect that lives on one transport only.
 */
export interface Wire {
  /** Unary bodies and frames alike. */
  readonly decompress: typeof decompress
  readonly appendInputFromJson: typeof appendInputFromJson
  /** One for each append session. */
  readonly newFrameDecoder: () => FrameDecoder

  /** Of unary answers. */
  readonly acceptedCoding: typeof acceptedCoding

  /** All refusals: unary, before a session, and at the end of one. */
  readonly renderRefusal: typeof renderRefusal

  readonly appendAckToJson: typeof appendAckToJson
  readonly readBatchToJson: typeof readBatchToJson
  readonly tailToJson: typeof tailToJson

  /** Unary protobuf and S2S alike. */
  readonly encodeAppendAck: typeof encodeAppendAck
  readonly encodeReadBatch: typeof readBatchPieces
  readonly encodeFrame: typeof framePieces
  readonly encodeTerminal: typeof encodeTerminal

  readonly batchEvent: typeof batchEvent
  readonly pingEvent: typeof pingEvent
  readonly errorEvent: typeof errorEvent
  readonly doneEvent: typeof doneEvent
}

/** S2 as specified. */
export const wire: Wire = {
  decompress,
  appendInputFromJson,
  newFrameDecoder: () => new FrameDecoder(),
  acceptedCoding,
  renderRefusal,
  appendAckToJson,
  readBatchToJson,
  tailToJson,
  encodeAppendAck,
  encodeReadBatch: readBatchPieces,
  encodeFrame: framePieces,
  encodeTerminal,
  batchEvent,
  pingEvent,
  errorEvent,
  doneEvent,
}

/** The status belongs to the code (ERR-041); 412 and 416 have bodies without one (APP-021, READ-060). */
function renderRefusal(refusal: Refusal): ErrorAnswer {
  switch (refusal.refusal) {
    case 'error': {
      const { code, message } = refusal
      return { status: ERROR_CODES[code].status, json: errorBodyToJson({ kind: 'error', code, message }) }
    }
    case 'seq-num-mismatch':
      return { status: 412, json: errorBodyToJson({ kind: 'seq-num-mismatch', actual: refusal.actual }) }
    case 'fencing-token-mismatch':
      return {
        status: 412,
        json: errorBodyToJson({ kind: 'fencing-token-mismatch', actual: refusal.actual }),
      }
    case 'unwritten':
      return { status: 416, json: errorBodyToJson({ kind: 'unwritten', tail: refusal.tail }) }
  }
}
