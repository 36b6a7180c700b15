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
  readonly chunks: Buffer[]
  /** Bytes that came since the other side was last told that there is room. */
  unreported: number
  readonly resolve: (answer: UnaryAnswer) => void
  readonly reject: (error: Error) => void
}

const EMPTY = Buffer.alloc(0)

export const newExchange = (
  head: Buffer,
  body: Buffer,
  resolve: Exchange['resolve'],
  reject: Exchange['reject'],
): Exchange => ({
  stream: 0,
  head,
  body,
  sent: 0,
  window: 0,
  status: 0,
  chunks: [],
  unreported: 0,
  resolve,
  reject,
})

export const answerOf = ({ status, chunks }: Exchange): UnaryAnswer => ({
  status,
  body: chunks.length === 1 ? (chunks[0] ?? EMPTY) : Buffer.concat(chunks),
})
