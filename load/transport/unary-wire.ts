import { AnswerBody } from './answer-body.ts'
import type { Connections, Via } from './connection.ts'
import { requestOn } from './endless.ts'
import { Http1Line, type Unfinished } from './http1-line.ts'
import { Queue } from './queue.ts'
import { asCut, cutBy, TransportError } from './transport-error.ts'
import type { UnaryAnswer, UnaryRequest } from './unary-answer.ts'

/** How whole requests travel; many may be under way. Rejects with a `TransportError` where no answer came. */
export interface UnaryWire {
  send(request: UnaryRequest): Promise<UnaryAnswer>
  close(): void
}

export const http2Wire = (connections: Connections): UnaryWire => ({
  async send({ method, path, headers, body }) {
    const session = await connections.next()
    return await new Promise((resolve, reject) => {
      const stream = requestOn(
        session,
        { ':method': method, ':path': path, ...headers },
        { endStream: body === undefined },
      )
      let status = 0
      const answer = new AnswerBody()
      stream.once('response', (head) => {
        status = head[':status'] ?? 0
      })
      stream.on('data', (chunk: Buffer) => {
        if (stream.destroyed) return
        const tooLong = answer.add(chunk)
        if (tooLong !== undefined) stream.destroy(tooLong)
      })
      stream.once('error', (error) => reject(cutBy(error)))
      stream.once('close', () => {
        const isWhole = status !== 0 && stream.rstCode === 0
        if (isWhole) resolve({ status, body: answer.bytes })
        else reject(new TransportError('cut', `the stream was closed with code ${stream.rstCode}`))
      })
      if (body !== undefined) stream.end(body)
    })
  },
  close: () => connections.close(),
})

/** One request at a time on each connection, as HTTP/1.1 has it. */
export function http1Wire(origin: string, connections: number, via?: Via): UnaryWire {
  const unfinished: Unfinished = { bytes: 0 }
  const lines = Array.from({ length: connections }, () => new Http1Line(origin, unfinished, via))
  const free = [...lines]
  const waiting = new Queue<(line: Http1Line) => void>()
  const take = async (onWait: UnaryRequest['onWait']): Promise<Http1Line> => {
    const line = free.pop()
    if (line !== undefined) return line
    onWait?.(true)
    const next = await new Promise<Http1Line>((resolve) => waiting.push(resolve))
    onWait?.(false)
    return next
  }
  const giveBack = (line: Http1Line): void => {
    const next = waiting.shift()
    if (next === undefined) free.push(line)
    else next(line)
  }
  return {
    async send(request) {
      const line = await take(request.onWait)
      try {
        return await line.send(request)
      } catch (error) {
        throw asCut(error)
      } finally {
        giveBack(line)
      }
    },
    close() {
      for (const line of lines) line.close()
    },
  }
}
