import { decompress } from '../../proto/compression.ts'
import { type Frame, FrameDecoder, type MessageFrame, type TerminalFrame } from '../../proto/frames.ts'
import { WireError } from '../../proto/wire-error.ts'
import type { Answer } from '../answer.ts'
import { rememberAsked } from '../asked.ts'
import { ConformanceFailure } from '../failures.ts'
import { readErrorBody } from '../read-answer.ts'
import { bytes } from '../records.ts'
import type { Recorder } from '../transcript.ts'

/** The frames of an S2S answer; what is none is a `ConformanceFailure`. */
export async function* framesOf(
  chunks: AsyncIterable<Uint8Array>,
  asked: string,
  recorder: Recorder,
): AsyncGenerator<Frame, void> {
  const decoder = new FrameDecoder()
  try {
    for await (const chunk of chunks) {
      for (const frame of decoder.push(chunk)) {
        recorder.note(`< ${describeFrame(frame)}`)
        yield frame
      }
    }
    decoder.end()
    recorder.note('< end of the session')
  } catch (error) {
    throw malformed(error, 'frames of S2S', asked)
  }
}

/** The message in a frame. */
export async function openFrame<Message>(
  frame: MessageFrame,
  what: string,
  asked: string,
  decode: (payload: Uint8Array) => Message,
): Promise<Message> {
  try {
    return decode(await decompress(frame))
  } catch (error) {
    throw malformed(error, `${what} in a frame`, asked)
  }
}

/** A terminal frame as the answer that a unary call would have had (S2S-008). */
export function terminalAnswer(
  { status, json }: TerminalFrame,
  headers: Readonly<Record<string, string>>,
  asked: string,
): Answer<never> {
  const body = bytes(json)
  return rememberAsked({ status, headers, value: undefined, error: readErrorBody(body), body }, asked)
}

function malformed(error: unknown, allowed: string, asked: string): unknown {
  if (!(error instanceof WireError)) return error
  return new ConformanceFailure({
    subject: 'the session',
    expected: allowed,
    actual: error.message,
    request: asked,
  })
}

function describeFrame(frame: Frame): string {
  if (frame.kind === 'terminal') return `terminal frame ${frame.status} ${frame.json}`
  const advice = frame.reconnectAdvised ? ', reconnect advised' : ''
  return `frame of ${frame.payload.length} bytes, compression ${frame.compression}${advice}`
}
