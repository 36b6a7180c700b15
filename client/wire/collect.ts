import { pipeline, Readable, type Transform } from 'node:stream'
import zlib from 'node:zlib'
import { TargetError } from '../target-error.ts'
import { createPlaces } from './semaphore.ts'
import type { WireAnswer } from './wire.ts'

/** Above the largest answer of the API: 1 MiB of records whose every byte JSON escapes with six, or 1000 long names. */
const MAX_BODY_BYTES = 8 * 1024 * 1024
/** Each piece takes 100 bytes and more of memory, however short it is. */
const MAX_BODY_PIECES = 65_536
/** Up to here a body is read without regard to others. */
const SMALL_BODY_BYTES = 1024 * 1024
/** Larger ones that are read at a time, in pieces and then as a whole: 256 MiB of memory at most. */
const largeBodies = createPlaces(16)

/** Reads the whole body of an answer and undoes its content coding. A large body waits until others have been read. */
export async function collectBody(answer: WireAnswer): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  let leave: (() => void) | undefined
  try {
    for await (const chunk of decoded({ ...answer, chunks: counted(answer) })) {
      size += chunk.length
      if (size > MAX_BODY_BYTES) {
        answer.cancel()
        throw new TargetError(
          'too-large',
          `the body is longer than ${MAX_BODY_BYTES} bytes, which no answer of S2 needs`,
        )
      }
      if (size > SMALL_BODY_BYTES) leave ??= await largeBodies.take()
      chunks.push(chunk)
    }
    return Buffer.concat(chunks)
  } finally {
    leave?.()
  }
}

/** The pieces as they come; throws where there are too many. */
async function* counted(answer: WireAnswer): AsyncGenerator<Uint8Array> {
  let pieces = 0
  for await (const chunk of answer.chunks) {
    pieces += 1
    if (pieces > MAX_BODY_PIECES) {
      answer.cancel()
      throw new TargetError(
        'too-large',
        `the body is in more than ${MAX_BODY_PIECES} pieces, which no answer of S2 needs`,
      )
    }
    yield chunk
  }
}

const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: () => zlib.createGunzip(),
  deflate: () => zlib.createInflate(),
  br: () => zlib.createBrotliDecompress(),
  zstd: () => zlib.createZstdDecompress(),
}

/** The body without its content coding, in pieces, so that a small body cannot become a large one unseen. */
async function* decoded({ chunks, headers }: WireAnswer): AsyncGenerator<Uint8Array> {
  const coding = headers['content-encoding']
  if (coding === undefined || coding === 'identity') return yield* chunks
  const createDecoder = DECODERS[coding.toLowerCase()]
  let received = 0
  let lost: { readonly error: unknown } | undefined
  async function* measured(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of chunks) {
        received += chunk.length
        if (createDecoder === undefined)
          throw new TargetError('malformed', `content-encoding ${coding} is none that exists`)
        yield chunk
      }
    } catch (error) {
      lost = { error }
      throw error
    }
  }
  try {
    if (createDecoder === undefined) yield* measured()
    else yield* pipeline(Readable.from(measured()), createDecoder(), () => {})
  } catch (error) {
    if (lost !== undefined) throw lost.error
    // An answer without a body, to HEAD for example, may name a coding.
    if (received > 0) throw new TargetError('malformed', `the body is not valid ${coding}`, error)
  }
}
