import { AnswerBody } from '../answer-body.ts'
import type { TransportError } from '../transport-error.ts'
import type { UnaryAnswer } from '../unary-answer.ts'

/** One request and its answer, on a stream of their own. */
export interface Exchange {
  /** 0 until it is begun. */
  stream: number
  readonly head: Buffer
  readonly body: Buffer
  /** Bytes of the body that are on their way. */
  sent: number
  /** How many more the other side takes. */
  window: number
  /** 0 until the head of the answer is there. */
  status: number
  /** The body of the answer; empty where a taker gets it. */
  readonly answer: AnswerBody
  readonly taker: Taker | undefined
  /** Bytes that came since the other side was last told that there is room. */
  unreported: number
  readonly resolve: (answer: UnaryAnswer) => void
  readonly reject: (error: TransportError) => void
  /** Called once there is a stream for it. */
  onBegin?: () => void
}

/** Of an answer that goes on and on. */
export interface Taker {
  onStatus(status: number): void
  /** The bytes are there only during the call. */
  onContent(content: Buffer): void
}

export const newExchange = (
  head: Buffer,
  body: Buffer,
  resolve: Exchange['resolve'],
  reject: Exchange['reject'],
  taker?: Taker,
): Exchange => ({
  stream: 0,
  head,
  body,
  sent: 0,
  window: 0,
  status: 0,
  answer: new AnswerBody(),
  taker,
  unreported: 0,
  resolve,
  reject,
})

export const answerOf = ({ status, answer }: Exchange): UnaryAnswer => ({ status, body: answer.bytes })
