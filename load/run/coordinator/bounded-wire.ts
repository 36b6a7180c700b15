import { TargetError } from '../../../client/target-error.ts'
import type { Wire, WireAnswer } from '../../../client/wire/wire.ts'

/** Largest answer to a request before or after the load: a created stream, a tail or an error has some hundred bytes. */
export const MAX_CONTROL_BYTES: number = 1024 * 1024

/** The same wire, whose answers end with a `TargetError` 'too-large' where they are larger, or may become so by decoding. */
export const bounded = (wire: Wire): Wire => ({
  async open(request, opening, signal) {
    const answer = await wire.open(request, opening, signal)
    return { ...answer, chunks: limited(answer) }
  },
  close: () => wire.close(),
})

async function* limited({ chunks, headers, cancel }: WireAnswer): AsyncGenerator<Uint8Array> {
  const coding = headers['content-encoding'] ?? 'identity'
  if (coding !== 'identity') {
    cancel()
    throw new TargetError('malformed', `the body has the content-encoding ${coding}, which was not requested`)
  }
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.length
    if (size > MAX_CONTROL_BYTES) {
      cancel()
      throw new TargetError('too-large', `the body is longer than ${MAX_CONTROL_BYTES} bytes`)
    }
    yield chunk
  }
}
