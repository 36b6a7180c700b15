import { promisify } from 'node:util'
import zlib from 'node:zlib'
import { TargetError } from '../target-error.ts'
import type { WireAnswer } from './wire.ts'

/** Far above the largest answer of the API, a page of 1000 streams with long names. */
const MAX_BODY_BYTES = 32 * 1024 * 1024

/** The whole body of an answer, content coding undone. */
export async function collectBody(answer: WireAnswer): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of answer.chunks) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) {
      answer.cancel()
      throw new TargetError('too-large', `the body is longer than ${MAX_BODY_BYTES} bytes`)
    }
    chunks.push(chunk)
  }
  return await decode(Buffer.concat(chunks), answer.headers['content-encoding'])
}

const DECODERS: Readonly<
  Record<string, (body: Uint8Array, limits: { maxOutputLength: number }) => Promise<Buffer>>
> = {
  gzip: promisify(zlib.gunzip),
  deflate: promisify(zlib.inflate),
  br: promisify(zlib.brotliDecompress),
  zstd: promisify(zlib.zstdDecompress),
}

async function decode(body: Uint8Array, coding: string | undefined): Promise<Uint8Array> {
  if (coding === undefined || coding === 'identity' || body.length === 0) return body
  const decoder = DECODERS[coding.toLowerCase()]
  if (decoder === undefined)
    throw new TargetError('malformed', `content-encoding ${coding} is none that exists`)
  try {
    return await decoder(body, { maxOutputLength: MAX_BODY_BYTES })
  } catch (error) {
    throw new TargetError('malformed', `the body is not valid ${coding}`, error)
  }
}
