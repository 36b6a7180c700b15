import { MAX_BATCH_RECORDS, MAX_METERED_BYTES } from '../../../proto/limits.ts'
import type { AppendInput, AppendRecord, Timestamp } from '../../../proto/types.ts'
import type { Sequenced } from '../../../reference-server/semantics/append/append.ts'
import { effectiveTrimPoint } from '../../../reference-server/semantics/append/trim.ts'
import { parseCommand } from '../../../reference-server/semantics/batch/command.ts'
import { meteredSize } from '../../../reference-server/semantics/batch/metered-size.ts'
import { isRefusal, type Refusal } from '../../../reference-server/semantics/refusal.ts'
import { type RowId, rowsWhere } from './deciding-rows.ts'
import type { AppendRequest } from './request.ts'
import type { SessionState } from './state.ts'

/** Returns the rows that decide the answer to an append, the most specific first. */
export function decidingAppend(
  state: SessionState,
  request: AppendRequest,
  input: AppendInput | Refusal,
  outcome: Sequenced | Refusal,
): readonly RowId[] {
  if (isRefusal(input)) return [input.refusal === 'error' && input.code === 'invalid' ? 'REC-018' : 'REC-016']
  if (!isRefusal(outcome)) return acceptedRows(state, input, outcome)
  switch (outcome.refusal) {
    case 'seq-num-mismatch':
      return rowsWhere(
        [true, 'APP-013'],
        [input.matchSeqNum === 0n, 'APP-012'],
        [true, 'APP-021'],
        [true, 'APP-026'],
      )
    case 'fencing-token-mismatch':
      return tokenMismatchRows(state, input)
    default:
      return invalidRows(request, input)
  }
}

function tokenMismatchRows({ stream }: SessionState, input: AppendInput): readonly RowId[] {
  const { matchSeqNum } = input
  return rowsWhere(
    [true, 'APP-015'],
    [stream.fencingToken === '', 'APP-018'],
    [input.fencingToken === '', 'APP-017'],
    [matchSeqNum !== undefined && matchSeqNum !== stream.tail.seqNum, 'APP-019'],
    [input.records.some((record) => commandOf(record) === 'fence'), 'APP-024'],
    [true, 'APP-021'],
    [true, 'APP-026'],
  )
}

const commandOf = (record: AppendRecord): 'none' | 'fence' | 'trim' | 'refused' => {
  const effect = parseCommand(record)
  return isRefusal(effect) ? 'refused' : effect.command
}

/** Finds what `admitBatch` or `append` refused, in their order. */
function invalidRows({ format }: AppendRequest, { records }: AppendInput): readonly RowId[] {
  let size = 0n
  for (const record of records.slice(0, MAX_BATCH_RECORDS + 1)) {
    if (commandOf(record) === 'refused') return commandRows(record, format === 'raw')
    const own = meteredSize(record)
    if (own > MAX_METERED_BYTES) return ['REC-002']
    size += own
  }
  if (records.length === 0) return ['REC-005']
  if (records.length > MAX_BATCH_RECORDS) return ['REC-003']
  return size > MAX_METERED_BYTES ? ['REC-004'] : ['APP-032']
}

function commandRows({ headers }: AppendRecord, isRaw: boolean): readonly RowId[] {
  if (headers.length > 1) return ['REC-008', 'CMD-011']
  const name = new TextDecoder().decode(headers[0]?.value)
  if (name === 'fence') return ['CMD-003']
  if (name === 'trim') return isRaw ? ['CMD-005', 'CMD-006'] : ['CMD-005']
  return ['REC-009', 'CMD-027']
}

function acceptedRows(state: SessionState, input: AppendInput, sequenced: Sequenced): readonly RowId[] {
  const ordered = [
    ...conditionRows(state, input),
    ...commandEffectRows(state, input),
    ...timestampRows(state, input, sequenced),
  ]
  return [...new Set<RowId>([...ordered, 'APP-002', 'APP-001'])]
}

function conditionRows({ stream }: SessionState, input: AppendInput): readonly RowId[] {
  const { matchSeqNum, fencingToken } = input
  return rowsWhere(
    [matchSeqNum !== undefined && fencingToken !== undefined, 'APP-020'],
    [matchSeqNum !== undefined, 'APP-011'],
    [matchSeqNum === 0n, 'APP-012'],
    [fencingToken !== undefined, 'APP-014'],
    [fencingToken === '', 'APP-017'],
    [fencingToken === undefined && stream.fencingToken !== '', 'APP-016'],
  )
}

function commandEffectRows(state: SessionState, { records, fencingToken }: AppendInput): readonly RowId[] {
  const rows: RowId[] = []
  let { trimPoint } = state.stream
  let fences = 0
  for (const [index, record] of records.entries()) {
    const effect = parseCommand(record)
    if (isRefusal(effect) || effect.command === 'none') continue
    if (effect.command === 'fence') {
      fences++
      rows.push('CMD-002', ...rowsWhere([fencingToken === undefined, 'CMD-014'], [fences > 1, 'APP-025']))
      continue
    }
    const next = state.stream.tail.seqNum + BigInt(index) + 1n
    const { upTo } = effect
    rows.push(
      'CMD-016',
      ...rowsWhere([upTo === 0n, 'CMD-018'], [upTo < trimPoint, 'CMD-017'], [upTo > next, 'CMD-019']),
    )
    trimPoint = effectiveTrimPoint(trimPoint, upTo, next - 1n)
  }
  return rows.length === 0 ? rows : [...new Set<RowId>([...rows, 'CMD-001'])]
}

function timestampRows(state: SessionState, input: AppendInput, { records }: Sequenced): readonly RowId[] {
  const { timestampingMode: mode, timestampingUncapped: uncapped } = state.config
  const { now } = state
  let floor: Timestamp = state.stream.tail.timestamp
  const rows: RowId[] = []
  for (const [index, { timestamp }] of records.entries()) {
    const given = mode === 'arrival' ? undefined : input.records[index]?.timestamp
    const isFuture = given !== undefined && given > now
    const capped = given === undefined || (isFuture && !uncapped) ? now : given
    const isRaised = capped < floor
    rows.push(
      ...rowsWhere(
        [mode === 'arrival', 'APP-033'],
        [mode === 'client-prefer', 'APP-031'],
        [mode === 'client-require', 'APP-032'],
        [isFuture && !uncapped, 'APP-034'],
        [isFuture && uncapped && timestamp === given, 'APP-035'],
        [isRaised, index === 0 ? 'APP-036' : 'APP-037'],
        [isRaised && floor > now, 'APP-039'],
      ),
    )
    floor = timestamp
  }
  return rows
}
