import { isUtf8 } from 'node:buffer'
import { FrameDecoder } from '../../../proto/frames.ts'
import { WireError } from '../../../proto/wire-error.ts'
import { cutHex, cutText } from './cut.ts'
import type { MessageType, Payload, ShownFrame } from './example.ts'
import { showFrame } from './show-frame.ts'
import { showMessage } from './show-message.ts'
import type { StableValues } from './stable-values.ts'

/** What a body is: `type` is the message that it holds if it is protobuf or S2S. */
export interface BodyForm {
  readonly contentType: string
  readonly type: MessageType
}

const MAX_FRAMES = 8

/** A body as a page shows it; undefined where there is none. */
export async function payloadOf(
  bytes: Uint8Array,
  { contentType, type }: BodyForm,
  stable: StableValues,
): Promise<Payload | undefined> {
  if (bytes.length === 0) return undefined
  if (contentType.startsWith('s2s/')) return await framesOf(bytes, type, stable)
  if (contentType.includes('protobuf')) return { kind: 'message', ...showMessage(bytes, type, stable) }
  if (isUtf8(bytes)) return { kind: 'text', ...cutText(stable.text(Buffer.from(bytes).toString('utf8'))) }
  return { kind: 'bytes', ...cutHex(bytes) }
}

async function framesOf(bytes: Uint8Array, type: MessageType, stable: StableValues): Promise<Payload> {
  const frames: ShownFrame[] = []
  let omittedFrames = 0
  try {
    for (const frame of new FrameDecoder().push(bytes)) {
      if (frames.length < MAX_FRAMES) frames.push(await showFrame(frame, type, stable))
      else omittedFrames++
    }
  } catch (error) {
    if (!(error instanceof WireError)) throw error
    return { kind: 'bytes', ...cutHex(bytes) }
  }
  if (frames.length === 0) return { kind: 'bytes', ...cutHex(bytes) }
  return { kind: 'frames', frames, ...(omittedFrames > 0 && { omittedFrames }) }
}
