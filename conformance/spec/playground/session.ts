import {
  appendAckToJson,
  appendInputFromJson,
  readBatchToJson,
  tailToJson,
} from '../../../proto/json-bodies.ts'
import { MAX_FENCING_TOKEN_BYTES } from '../../../proto/limits.ts'
import type { AppendInput, SequencedRecord } from '../../../proto/types.ts'
import { WireError } from '../../../proto/wire-error.ts'
import { append } from '../../../reference-server/semantics/append/append.ts'
import { admitBatch } from '../../../reference-server/semantics/batch/batch.ts'
import { read } from '../../../reference-server/semantics/read/read.ts'
import { unaryEnd, waitAtTail } from '../../../reference-server/semantics/read/read-query.ts'
import { checkTail } from '../../../reference-server/semantics/read/tail.ts'
import { isRefusal, type Refusal, refuse } from '../../../reference-server/semantics/refusal.ts'
import { timestampingOf } from '../../../reference-server/semantics/resources/config.ts'
import { type Answer, answerTo, configToJson, succeed } from './answer.ts'
import { decidingAppend } from './deciding-append.ts'
import { decidingRead } from './deciding-read.ts'
import type { RowId } from './deciding-rows.ts'
import {
  type AppendRequest,
  appendBody,
  type ConfigureRequest,
  type ReadRequest,
  type Step,
} from './request.ts'
import { FRESH, retained, type SessionState } from './state.ts'

/** One step and what followed from it. */
export interface Played {
  readonly step: Step
  readonly answer: Answer
  /** The rows of the catalogue that decide the answer, the most specific first. */
  readonly rows: readonly RowId[]
  /** Records that the answer carries. */
  readonly delivered: readonly SequencedRecord[]
  /** The stream after the step. */
  readonly after: SessionState
}

/** Plays steps on a fresh stream by the rules of the specification. A trim takes effect at once. */
export function play(steps: readonly Step[]): readonly Played[] {
  const played: Played[] = []
  for (const step of steps) played.push(playStep(played.at(-1)?.after ?? FRESH, step))
  return played
}

type Outcome = Omit<Played, 'step'>

export function playStep(before: SessionState, step: Step): Played {
  const arrived = { ...before, now: before.now + step.after }
  return { step, ...outcomeOf(arrived, step.request) }
}

function outcomeOf(state: SessionState, request: Step['request']): Outcome {
  switch (request.kind) {
    case 'append':
      return appendOutcome(state, request)
    case 'read':
      return readOutcome(state, request)
    case 'tail':
      return {
        answer: succeed(tailToJson(checkTail(state.stream))),
        rows: tailRows(state),
        delivered: [],
        after: state,
      }
    case 'configure':
      return configureOutcome(state, request)
  }
}

function appendOutcome(state: SessionState, request: AppendRequest): Outcome {
  const input = readInput(request)
  const outcome = isRefusal(input) ? input : appended(state, input)
  const rows = decidingAppend(state, request, input, outcome)
  if (isRefusal(outcome)) return { answer: answerTo(outcome), rows, delivered: [], after: state }
  const { start, end, records } = outcome
  const after = { ...state, stream: outcome.state, records: [...state.records, ...records] }
  const ack = { start, end, tail: checkTail(outcome.state) }
  return { answer: succeed(appendAckToJson(ack)), rows, delivered: [], after }
}

/** Decodes the JSON body as a server does; a token that is too long is a wrong body (REC-016). */
function readInput(request: AppendRequest): AppendInput | Refusal {
  try {
    const input = appendInputFromJson(appendBody(request), request.format)
    const { length } = new TextEncoder().encode(input.fencingToken ?? '')
    if (length <= MAX_FENCING_TOKEN_BYTES) return input
    return refuse('bad_json', `fencing_token has at most ${MAX_FENCING_TOKEN_BYTES} bytes of UTF-8`)
  } catch (error) {
    if (error instanceof WireError && error.code !== 'bad_event') return refuse(error.code, error.message)
    throw error
  }
}

function appended({ stream, now, config }: SessionState, input: AppendInput): ReturnType<typeof append> {
  const batch = admitBatch(input)
  return isRefusal(batch) ? batch : append(stream, batch, now, timestampingOf(config), undefined)
}

function readOutcome(state: SessionState, request: ReadRequest): Outcome {
  const end = unaryEnd(request.end)
  const outcome = read({ tail: checkTail(state.stream), records: retained(state) }, request.start, end)
  const rows = decidingRead(state, request, outcome)
  if (isRefusal(outcome)) return { answer: answerTo(outcome), rows, delivered: [], after: state }
  const { records, done } = outcome
  const waited = records.length > 0 || done ? 0 : waitAtTail(end)
  return {
    answer: succeed(readBatchToJson({ records }, request.format)),
    rows,
    delivered: records,
    after: { ...state, now: state.now + 1000n * BigInt(waited) },
  }
}

function tailRows({ stream, records }: SessionState): readonly RowId[] {
  if (records.length === 0) return ['TAIL-002', 'TAIL-001']
  return stream.trimPoint > 0n ? ['TAIL-003', 'TAIL-006', 'CMD-021'] : ['TAIL-003', 'TAIL-001']
}

function configureOutcome(state: SessionState, { mode, uncapped }: ConfigureRequest): Outcome {
  const config = { ...state.config, timestampingMode: mode, timestampingUncapped: uncapped }
  const rows: readonly RowId[] = ['CP-STR-060', 'CP-CFG-006', 'CP-CFG-007', 'CP-CFG-061', 'CP-STR-064']
  return { answer: succeed(configToJson(config)), rows, delivered: [], after: { ...state, config } }
}
