import type { Socket } from 'node:net'
import { buildConnector, Client, errors } from 'undici'
import {
  AnswerBody,
  answerTooLong,
  MANY_UNFINISHED,
  MAX_ANSWER_BYTES,
  MAX_UNFINISHED_BYTES,
} from './answer-body.ts'
import type { Via } from './connection.ts'
import { TransportError } from './transport-error.ts'
import type { UnaryAnswer, UnaryRequest } from './unary-answer.ts'

/** Bytes that have arrived for requests under way on all connections of a wire. */
export interface Unfinished {
  bytes: number
}

/**
 * One connection of HTTP/1.1, opened again when it was lost. All that arrives for a request counts against the limits: undici
 * bounds headers, and neither bodies, nor informational answers, nor the extensions of chunks.
 */
export class Http1Line {
  readonly #client: Client
  readonly #unfinished: Unfinished
  #received = 0

  constructor(origin: string, unfinished: Unfinished, via?: Via) {
    this.#unfinished = unfinished
    const connect = connectorTo(via)
    this.#client = new Client(origin, {
      allowH2: false,
      connect: (options, callback) =>
        connect(options, (...connected) => {
          const [error, socket] = connected
          if (error === null && socket !== null) this.#watch(socket)
          callback(...connected)
        }),
    })
  }

  /** Sends one request after the other. Rejects with a `TransportError`, and with what undici has for a cut or a wrong use. */
  async send({ method, path, headers, body }: UnaryRequest): Promise<UnaryAnswer> {
    const answer = new AnswerBody()
    let status = 0
    try {
      await new Promise<void>((resolve, reject) => {
        this.#client.dispatch(
          { method, path, headers: { ...headers }, ...(body !== undefined && { body }) },
          {
            onRequestStart() {},
            onResponseStart(_controller, code) {
              status = code
            },
            onResponseData(controller, piece) {
              const tooLong = answer.add(piece)
              if (tooLong !== undefined) controller.abort(tooLong)
            },
            onResponseEnd: () => resolve(),
            onResponseError: (_controller, error) => reject(malformedBy(error)),
          },
        )
      })
      return { status, body: answer.bytes }
    } finally {
      this.#unfinished.bytes -= this.#received
      this.#received = 0
    }
  }

  close(): void {
    void this.#client.destroy()
  }

  /** Sees each chunk as undici reads it. */
  #watch(socket: Socket): void {
    socket.on('data', ({ length }: Buffer) => {
      this.#received += length
      this.#unfinished.bytes += length
      if (this.#received > MAX_ANSWER_BYTES) socket.destroy(answerTooLong())
      else if (this.#unfinished.bytes > MAX_UNFINISHED_BYTES)
        socket.destroy(new TransportError('malformed', MANY_UNFINISHED))
    })
  }
}

function connectorTo(via: Via | undefined): buildConnector.connector {
  const connect = buildConnector({ allowH2: false })
  if (via === undefined) return connect
  return (options, callback) =>
    connect(
      {
        ...options,
        hostname: via.host,
        port: String(via.port),
        servername: options.servername ?? options.hostname,
      },
      callback,
    )
}

/** Whether undici ends a connection with this error because of the answer. */
const isOfAnswer = (error: Error): boolean =>
  error instanceof errors.HTTPParserError ||
  error instanceof errors.HeadersOverflowError ||
  error instanceof errors.ResponseContentLengthMismatchError ||
  error.message === 'bad response'

function malformedBy(error: Error): Error {
  return isOfAnswer(error)
    ? new TransportError('malformed', `the target sent malformed HTTP/1.1: ${error.message}`, error)
    : error
}
