import { MAX_BATCH_RECORDS, MAX_METERED_BYTES } from '../../../proto/limits.ts'
import type { AppendInput, AppendRecord, MeteredBytes, SeqNum } from '../../../proto/types.ts'
import { invalid, isRefusal, type Refusal } from '../refusal.ts'
import { type Command, type NoCommand, parseCommand } from './command.ts'
import { type FencingToken, parseFencingToken } from './fencing-token.ts'
import { meteredSize } from './metered-size.ts'

export interface BatchRecord extends AppendRecord {
  readonly effect: Command | NoCommand
}

/** An append that keeps every rule that does not depend on its stream. Only `admitBatch` makes one. */
export interface Batch {
  readonly records: readonly BatchRecord[]
  readonly size: MeteredBytes
  readonly matchSeqNum: SeqNum | undefined
  readonly fencingToken: FencingToken | undefined
}

/**
 * Checks in this order, each refused as `invalid`: the command form (CMD rows) and size of every record up to the first that
 * is too many, inclusive at 1 MiB (REC-002); 1 to 1000 records (REC-003, REC-005); the sum of their sizes, inclusive at 1 MiB (REC-004); the length of
 * the fencing token (REC-016).
 */
export function admitBatch(input: AppendInput): Batch | Refusal {
  const records: BatchRecord[] = []
  let size = 0n
  for (const record of input.records.slice(0, MAX_BATCH_RECORDS + 1)) {
    const effect = parseCommand(record)
    if (isRefusal(effect)) return effect
    const own = meteredSize(record)
    if (own > MAX_METERED_BYTES) return tooLarge('a record', own)
    size += own
    if (records.length < MAX_BATCH_RECORDS) records.push({ ...record, effect })
  }
  if (records.length === 0) return invalid('a batch must have at least one record')
  if (input.records.length > MAX_BATCH_RECORDS) {
    return invalid(`a batch has at most ${MAX_BATCH_RECORDS} records, this one has ${input.records.length}`)
  }
  if (size > MAX_METERED_BYTES) return tooLarge('a batch', size)
  const token = input.fencingToken === undefined ? undefined : parseFencingToken(input.fencingToken)
  if (token !== undefined && isRefusal(token)) return token
  return { records, size, matchSeqNum: input.matchSeqNum, fencingToken: token?.token }
}

function tooLarge(what: string, size: MeteredBytes): Refusal {
  return invalid(`${what} has at most ${MAX_METERED_BYTES} metered bytes, this one has ${size}`)
}
