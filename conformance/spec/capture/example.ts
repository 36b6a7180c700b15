import type { Transport } from '../../../client/transport.ts'

/** The exchanges that show one requirement being met, normalised so that two runs give the same. */
export interface Example {
  readonly id: string
  readonly transport: Transport
  readonly exchanges: readonly ExampleExchange[]
}

export interface ExampleExchange {
  readonly request: ExampleRequest
  readonly answer: ExampleAnswer
}

export interface ExampleRequest {
  readonly method: string
  /** Path and query. */
  readonly path: string
  readonly http: '1.1' | '2'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Payload
}

export type ExampleAnswer =
  | { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body?: Payload }
  /** The connection ended without an answer. */
  | { readonly error: string }

/** A body: text, one protobuf message, the frames of a session, or its events. */
export type Payload =
  | { readonly kind: 'text'; readonly text: string; readonly omittedBytes?: number }
  | ({ readonly kind: 'message' } & ShownMessage)
  | { readonly kind: 'frames'; readonly frames: readonly ShownFrame[]; readonly omittedFrames?: number }
  | { readonly kind: 'bytes'; readonly hex: string; readonly omittedBytes?: number }

/** A protobuf message as its bytes and as what they mean. */
export interface ShownMessage {
  /** The message type in `s2.proto`; absent where the bytes are none. */
  readonly type?: MessageType
  readonly hex: string
  readonly omittedBytes?: number
  readonly fields?: string
}

export type MessageType = 'AppendInput' | 'AppendAck' | 'ReadBatch'

/** An S2S frame: three bytes of length, one of flags, and the payload. */
export interface ShownFrame {
  readonly head: string
  readonly meaning: string
  readonly payload: ShownMessage
}
