import { decodeReadBatch } from '../../proto/messages.ts'
import type { ReadEvent } from '../stream-client.ts'
import { framesOf, openFrame, terminalAnswer } from './frames.ts'
import type { SessionParts } from './parts.ts'

/** The events of an S2S read session: batches, heartbeats, at most one terminal frame, and the end of the body. */
export async function* s2sReadEvents({
  wire,
  asked,
  recorder,
}: SessionParts): AsyncGenerator<ReadEvent, void> {
  for await (const frame of framesOf(wire.chunks, asked, recorder)) {
    if (frame.kind === 'terminal') {
      yield { kind: 'error', answer: terminalAnswer(frame, wire.headers, asked) }
      continue
    }
    const batch = await openFrame(frame, 'a ReadBatch', asked, decodeReadBatch)
    if (batch.records.length === 0) yield { kind: 'heartbeat', tail: batch.tail }
    else yield { kind: 'batch', batch, id: undefined }
  }
  yield { kind: 'end' }
}
