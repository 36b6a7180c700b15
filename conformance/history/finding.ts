import type { Operation } from './operation.ts'

/** What went wrong, in the words of the field. Each is defined by its line here and shown by a history in the tests. */
export type Anomaly =
  | 'lost-append'
  | 'duplicate'
  | 'gap'
  | 'reorder'
  | 'torn-batch'
  | 'phantom'
  | 'wrong-precondition'
  | 'fence-breach'
  | 'stale-read'
  | 'stale-tail'
  | 'tail-regression'
  | 'future-read'
  | 'timestamp-regression'
  | 'session-hole'
  | 'follow-skip'
  | 'trim-resurrection'
  | 'overrun'

export const ANOMALIES: Readonly<Record<Anomaly, string>> = {
  'lost-append': 'an acknowledged batch is not in the log',
  duplicate: 'one record stands in the log twice',
  gap: 'numbers of the log are not consecutive from 0',
  reorder: 'a record stands at another number than was acknowledged or read',
  'torn-batch': 'a part of a batch is in the log, or another batch stands between its records',
  phantom: 'a record is in the log, or was read, that nobody sent or that was refused',
  'wrong-precondition': 'a condition was accepted or refused against the state it names',
  'fence-breach': 'a batch was accepted with another fencing token than the one in force',
  'stale-read': 'a read misses a record that was there before it was sent',
  'stale-tail': 'a tail is older than what was acknowledged or seen before it was asked for',
  'tail-regression': 'a tail is lower than one that was told before',
  'future-read': 'an answer tells of records that nobody had begun to append',
  'timestamp-regression': 'a timestamp is lower than the one before, or another than was told before',
  'session-hole': 'a batch of a session took effect though one before it was refused or is missing',
  'follow-skip': 'a read that follows misses a record, or is given one twice',
  'trim-resurrection': 'a record was read after it had been seen trimmed',
  overrun: 'a read was given more records than it asked for',
}

export interface Finding {
  readonly anomaly: Anomaly
  /** The few operations that show it, in the order of their calls. */
  readonly operations: readonly Operation[]
  readonly why: string
}

/** One line for the finding and one for each operation that shows it. */
export function describeFinding({ anomaly, why, operations }: Finding): string {
  return [`${anomaly}: ${why}`, ...operations.map((operation) => `  ${describeOperation(operation)}`)].join(
    '\n',
  )
}

function describeOperation({ client, called, returned, did, got }: Operation): string {
  return `client ${client}, ${called.toFixed(3)} to ${returned.toFixed(3)} ms: ${show(did)} -> ${show(got)}`
}

const show = (value: object): string =>
  JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? Number(part) : part))
