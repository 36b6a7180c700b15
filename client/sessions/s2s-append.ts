import { encodeFrame } from '../../proto/frames.ts'
import { decodeAppendAck, encodeAppendInput } from '../../proto/messages.ts'
import type { AppendAck, AppendInput } from '../../proto/types.ts'
import type { Answer } from '../answer.ts'
import { rememberAsked } from '../asked.ts'
import type { AppendSession } from '../stream-client.ts'
import type { WireAnswer } from '../wire/wire.ts'
import { framesOf, openFrame, terminalAnswer } from './frames.ts'
import type { SessionParts } from './parts.ts'
import { createPull, SILENCE_SECONDS } from './pull.ts'

export const appendFrame = (input: AppendInput): Uint8Array =>
  encodeFrame({ payload: encodeAppendInput(input), compression: 'none' })

/** An append session on an open exchange. */
export function createAppendSession(parts: SessionParts): AppendSession {
  const { wire, asked, recorder } = parts
  const pull = createPull(answersForEver(parts), parts)
  return {
    headers: wire.headers,
    async send(input) {
      recorder.note(`> append of ${input.records.length} records`)
      await wire.upload.write(appendFrame(input))
    },
    async sendBytes(bytes) {
      recorder.note(`> ${bytes.length} bytes`)
      await wire.upload.write(bytes)
    },
    next: (seconds = SILENCE_SECONDS) => pull.next(`the next ack of the session ${asked}`, seconds),
    closeSending() {
      recorder.note('> end of the request')
      wire.upload.end()
    },
    cancel: () => wire.cancel(),
  }
}

interface AppendAnswers
  extends Pick<WireAnswer, 'headers' | 'chunks'>,
    Pick<SessionParts, 'asked' | 'recorder'> {}

/** Acks and the terminal frame of an append session, as answers. */
export async function* appendAnswers({
  headers,
  chunks,
  asked,
  recorder,
}: AppendAnswers): AsyncGenerator<Answer<AppendAck>, void> {
  for await (const frame of framesOf(chunks, asked, recorder)) {
    if (frame.kind === 'terminal') {
      yield terminalAnswer(frame, headers, asked)
      continue
    }
    const value = await openFrame(frame, 'an AppendAck', asked, decodeAppendAck)
    yield rememberAsked({ status: 200, headers, value, error: undefined, body: frame.payload }, asked)
  }
}

async function* answersForEver(parts: SessionParts): AsyncGenerator<Answer<AppendAck>, never> {
  const { wire, asked, recorder } = parts
  const { headers, chunks } = wire
  yield* appendAnswers({ headers, chunks, asked, recorder })
  const end = { status: 0, headers, value: undefined, error: undefined, body: new Uint8Array(0) }
  for (;;) yield rememberAsked({ ...end }, asked)
}
