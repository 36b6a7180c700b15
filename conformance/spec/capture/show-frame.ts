import { decompress } from '../../../proto/compression.ts'
import { encodeFrame, encodeTerminal, type Frame, HEAD_BYTES } from '../../../proto/frames.ts'
import type { MessageType, ShownFrame } from './example.ts'
import { showMessage } from './show-message.ts'
import type { StableValues } from './stable-values.ts'

/** A frame: its head, what the head means, and the message behind it. */
export async function showFrame(frame: Frame, type: MessageType, stable: StableValues): Promise<ShownFrame> {
  if (frame.kind === 'terminal') {
    const json = stable.text(frame.json)
    const bytes = encodeTerminal(frame.status, json)
    return {
      head: headOf(bytes),
      meaning: `terminal frame, status ${frame.status}`,
      payload: { hex: Buffer.from(bytes.subarray(HEAD_BYTES)).toString('hex'), fields: json },
    }
  }
  const { compression, reconnectAdvised } = frame
  const payload = showMessage(await decompress(frame), type, stable)
  const plain = compression === 'none'
  return {
    // A compressed payload is shown decompressed: its bytes depend on the library that compressed it.
    head: headOf(encodeFrame({ payload: frame.payload, compression, reconnectAdvised })),
    meaning: [
      `${plain ? 'no' : compression} compression`,
      ...(reconnectAdvised ? ['reconnect advised'] : []),
      ...(plain ? [] : ['payload shown decompressed']),
    ].join(', '),
    payload,
  }
}

const headOf = (bytes: Uint8Array): string => Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('hex')
