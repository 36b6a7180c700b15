import type { Readable } from 'node:stream'
import type { Frame } from '../../../proto/frames.ts'
import { decodeAppendInput } from '../../../proto/messages.ts'
import type { AppendInput } from '../../../proto/types.ts'
import { WireError } from '../../../proto/wire-error.ts'
import { refuse } from '../../semantics/refusal.ts'
import { Refused } from '../errors.ts'
import { requestChunks } from '../flow-control/request-chunks.ts'
import type { Services } from '../services.ts'
import type { Wire } from '../wire.ts'

/**
 * The inputs of an append session, as they arrive, each to be decoded by a call, and again by another. Throws `WireError`
 * 'bad_frame' for whatever is no frame with an input in it (S2S-024), from here or from the call, and `Refused` where the
 * connection breaks, a frame stands still or the server ends its sessions.
 */
export async function* appendInputs(
  source: Readable,
  { backend, bounds, wire }: Services,
): AsyncGenerator<() => AppendInput, void, undefined> {
  const decoder = wire.newFrameDecoder()
  const stop = new AbortController()
  const place = bounds.received.open(() => stop.abort(stoodStill()))
  try {
    for await (const chunk of requestChunks(source, backend.drain, stop.signal)) {
      await place.take(chunk.length)
      place.busy(true)
      for (const frame of decoder.push(chunk)) yield await inputOf(frame, wire)
      place.hold(decoder.buffered)
      place.busy(false)
    }
    decoder.end()
  } finally {
    place.leave()
  }
}

const stoodStill = (): Refused =>
  new Refused(
    refuse('request_timeout', 'a frame stood still while others waited for the memory that it takes'),
  )

async function inputOf(frame: Frame, wire: Wire): Promise<() => AppendInput> {
  if (frame.kind === 'terminal') throw new WireError('bad_frame', 'a client does not send terminal frames')
  const payload = await wire.decompress(frame)
  return () => decodeInput(payload)
}

function decodeInput(payload: Uint8Array): AppendInput {
  try {
    return decodeAppendInput(payload)
  } catch (error) {
    if (error instanceof WireError) throw new WireError('bad_frame', error.message, { cause: error })
    throw error
  }
}
