import type { SequencedRecord } from '../../../proto/types.ts'

const decoder = new TextDecoder()

/** The bodies of records as text. */
export const textsOf = (records: readonly SequencedRecord[]): readonly string[] =>
  records.map(({ body }) => decoder.decode(body))
