import { bytes } from '../../client/records.ts'
import type { Transport } from '../../client/transport.ts'
import type { SequencedRecord } from '../../proto/types.ts'

/** JSON whose bodies are text. */
export const isRaw = (transport: Transport): boolean => transport === 'json' || transport === 'sse'

/** What a record is as text: bytes that are none are replaced (REC-021). The argument of a trim may be such. */
export function viewedOver(
  transport: Transport,
  records: readonly SequencedRecord[],
): readonly SequencedRecord[] {
  return isRaw(transport) ? records.map((record) => ({ ...record, body: viewed(record.body) })) : records
}

const viewed = (body: Uint8Array): Uint8Array =>
  bytes(new TextDecoder('utf-8', { ignoreBOM: true }).decode(body))
