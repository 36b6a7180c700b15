import type { TransportError } from '../transport-error.ts'
import type { UnaryAnswer } from '../unary-wire.ts'

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
  /** Pieces of the answer, where nobody takes them as they come. */
  readonly chunks: Buffer[]
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

const EMPTY = Buffer.alloc(0)

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
  chunks: [],
  taker,
  unreported: 0,
  resolve,
  reject,
})

/** A piece of the answer; its bytes are used again for what comes after it. */
export function takeIn({ chunks, taker }: Exchange, content: Buffer): void {
  if (taker === undefined) chunks.push(Buffer.from(content))
  else taker.onContent(content)
}

export const answerOf = ({ status, chunks }: Exchange): UnaryAnswer => ({
  status,
  body: chunks.length === 1 ? (chunks[0] ?? EMPTY) : Buffer.concat(chunks),
})
