import type { SequencedRecord } from '../../proto/types.ts'
import type { Backend } from '../backend/backend.ts'
import { isRefusal, type Refusal } from '../semantics/refusal.ts'
import { type Named, parseBasinName, parseStreamName } from '../semantics/resources/names.ts'

/** A record of a stream, with its bytes read as UTF-8; `bytes` has the body as it was appended. */
export interface StoredRecord {
  readonly seqNum: bigint
  /** Unix milliseconds. */
  readonly timestamp: bigint
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
  readonly bytes: Uint8Array
}

/**
 * Reads every record of a stream, which is not created by this. Rejects with `TypeError` for names that are not valid, and with
 * `Error` if the stream does not exist or needs a key.
 */
export async function readRecords(
  backend: Backend,
  basinName: string,
  streamName: string,
): Promise<readonly StoredRecord[]> {
  const basin = nameOf(parseBasinName(basinName), 'basin')
  const stream = nameOf(parseStreamName(streamName), 'stream')
  const found = accepted(await backend.checkTail({ basin, stream }))
  if (found.tail.seqNum === 0n) return []
  const { signal } = new AbortController()
  const end = { count: found.tail.seqNum, wait: 0 }
  const start = { seqNum: 0n, clamp: true }
  const records: StoredRecord[] = []
  for await (const output of accepted(await backend.openRead({ basin, stream }, start, end, signal))) {
    if (output.kind === 'refused') accepted(output.refusal)
    if (output.kind === 'batch') records.push(...output.records.map(decoded))
  }
  return records
}

function decoded({ seqNum, timestamp, headers, body }: SequencedRecord): StoredRecord {
  return {
    seqNum,
    timestamp,
    headers: headers.map(({ name, value }) => [text(name), text(value)]),
    body: text(body),
    bytes: body,
  }
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

function nameOf<Name>(named: Named<Name>, what: string): Name {
  if ('misnamed' in named) throw new TypeError(`the ${what} is not valid: ${named.misnamed}`)
  return named.name
}

function accepted<Outcome extends object>(outcome: Outcome | Refusal): Outcome {
  if (!isRefusal(outcome)) return outcome
  throw new Error(outcome.refusal === 'error' ? `${outcome.code}: ${outcome.message}` : outcome.refusal)
}
