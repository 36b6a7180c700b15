import { FrameDecoder } from '../../proto/frames.ts'
import {
  errorCodeOf,
  FLAG,
  frame,
  framesIn,
  opening,
  type ReceivedFrame,
  statusOf,
  TYPE,
} from '../../reference-server/http/testing/http2-wire.ts'
import type { Chance } from './chance.ts'
import { openExchange } from './exchange.ts'
import { answersIn, damagedHttp1, encodeHttp1 } from './http1.ts'
import { encodeHttp2, wrongHttp2 } from './http2.ts'
import { BASIN, type WildRequest, wildFrames, wildRequest } from './requests.ts'

/** Something to send on a connection of its own, and what to make of what comes back. */
export interface Item {
  /** How many requests, or frames of a session, it is. */
  readonly requests: number
  readonly bytes: Uint8Array
  /** Sends it; resolves to the statuses that came, and other fates in words. Throws where a property does not hold. */
  run(url: string): Promise<readonly string[]>
}

export interface Kind {
  readonly name: string
  /** Of all items. */
  readonly share: number
  make(chance: Chance): Item
}

const someRequests = (chance: Chance): readonly WildRequest[] => [
  wildRequest(chance),
  ...chance.many(4, () => wildRequest(chance)),
]

/** Well-formed requests, one behind the other: each gets one answer, no more and no less, in order and whole. */
const pipelined: Kind = {
  name: 'HTTP/1.1, well-formed',
  share: 0.4,
  make(chance) {
    const requests = someRequests(chance)
    const last = Buffer.from('GET /health HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n')
    const bytes = Buffer.concat([...requests.map((request) => encodeHttp1(request, chance)), last])
    const methods = requests.map(({ method }) => method)
    return {
      requests: requests.length,
      bytes,
      async run(url) {
        const exchange = await openExchange(url)
        exchange.socket.write(bytes)
        await exchange.until(() => false, 'the connection was not closed after its last request')
        const { answers, rest } = answersIn(exchange.received(), [...methods, 'GET'])
        if (rest.length > 0)
          throw new Error(
            `more came than answers: ${JSON.stringify(rest.subarray(0, 200).toString('latin1'))}`,
          )
        if (answers.length !== requests.length + 1)
          throw new Error(`${requests.length + 1} requests, ${answers.length} answers`)
        if (answers.at(-1)?.body.toString() !== 'OK')
          throw new Error('the last answer is not that to the last request')
        return answers.slice(0, -1).map(({ status }) => String(status))
      },
    }
  },
}

/** Anything: whatever is answered is an answer, and once the client has ended, the connection is closed. */
const broken: Kind = {
  name: 'HTTP/1.1, damaged',
  share: 0.25,
  make(chance) {
    const requests = someRequests(chance)
    const bytes = damagedHttp1(requests, chance)
    return {
      requests: requests.length,
      bytes,
      async run(url) {
        const exchange = await openExchange(url)
        await exchange.saidOrWaited(bytes)
        exchange.socket.end()
        await exchange.until(() => false, 'the connection was not closed after the client had ended')
        const statuses = [
          ...exchange
            .received()
            .toString('latin1')
            .matchAll(/(?:^|\r\n|\})HTTP\/1\.1 ([2-9]\d\d) /g),
        ]
        return statuses.length === 0 ? ['closed'] : statuses.map(([, status]) => status ?? '')
      },
    }
  },
}

/** A session of frames: what comes back are frames, at most one of them terminal, and it the last. */
const session: Kind = {
  name: 'S2S frames',
  share: 0.1,
  make(chance) {
    const frames = wildFrames(chance)
    const request: WildRequest = {
      method: 'POST',
      target: '/v1/streams/framed/records',
      headers: [
        ['s2-basin', BASIN],
        ['content-type', 's2s/proto'],
        ['accept-encoding', chance.pick(['gzip', 'zstd', ''])],
        ['connection', 'close'],
      ],
      body: frames,
    }
    const bytes = encodeHttp1(request, chance)
    return {
      requests: 1,
      bytes,
      async run(url) {
        const exchange = await openExchange(url)
        exchange.socket.write(bytes)
        await exchange.until(() => false, 'the session did not end with its request')
        const [answer] = answersIn(exchange.received(), ['POST']).answers
        if (answer === undefined) throw new Error('the session has no whole answer')
        if (answer.status !== 200) return [String(answer.status)]
        const decoder = new FrameDecoder()
        const came = [...decoder.push(answer.body)]
        decoder.end()
        const ends = came.map((part) => part.kind === 'terminal')
        if (ends.slice(0, -1).includes(true)) throw new Error('a terminal frame that is not the last')
        const last = came.at(-1)
        return last?.kind === 'terminal' ? [`200, then ${last.status}`] : ['200']
      },
    }
  },
}

/** Room for all the pages that listings have, on each stream and on all of them together. */
const WINDOW = 2 ** 30
const MORE_ROOM = frame(TYPE.windowUpdate, 0, 0, Buffer.of(0x40, 0, 0, 0))

/** Well-formed requests on streams of one connection: each gets one head, and an end. */
const multiplexed: Kind = {
  name: 'HTTP/2, well-formed',
  share: 0.15,
  make(chance) {
    const requests = someRequests(chance)
    const streams = requests.map((request, index) => encodeHttp2(request, 2 * index + 1, chance))
    const bytes = Buffer.concat([opening(WINDOW), MORE_ROOM, ...streams.flat()])
    return {
      requests: requests.length,
      bytes,
      async run(url) {
        const exchange = await openExchange(url)
        exchange.socket.write(bytes)
        const came = () => framesIn(exchange.received()).frames
        const ended = () => came().filter(isEnd).length
        await exchange.until(() => ended() >= requests.length, 'not every stream had its answer')
        exchange.socket.end(frame(TYPE.settings, FLAG.ack, 0))
        await exchange.until(() => false, 'the connection was not closed after the client had ended')
        return requests.map((_request, index) => fateOf(came(), 2 * index + 1))
      },
    }
  },
}

const isEnd = ({ type, flags, stream }: ReceivedFrame): boolean =>
  stream > 0 &&
  (type === TYPE.reset || ((type === TYPE.data || type === TYPE.headers) && (flags & FLAG.endStream) !== 0))

function fateOf(frames: readonly ReceivedFrame[], stream: number): string {
  const mine = frames.filter((came) => came.stream === stream)
  const heads = mine.filter(({ type }) => type === TYPE.headers).map(statusOf)
  const statuses = heads.filter((status) => status !== undefined && status >= 200)
  if (statuses.length !== 1) {
    const reset = mine.find(({ type }) => type === TYPE.reset)
    throw new Error(
      `a stream with ${statuses.length} answers${reset ? `, reset with ${errorCodeOf(reset)}` : ''}`,
    )
  }
  return String(statuses[0])
}

/** Frames that are wrong somewhere: the connection or the stream is refused, or it goes on; then it is closed. */
const misframed: Kind = {
  name: 'HTTP/2, wrong frames',
  share: 0.1,
  make(chance) {
    const requests = someRequests(chance)
    const bytes = Buffer.concat([opening(), wrongHttp2(requests, chance)])
    return {
      requests: requests.length,
      bytes,
      async run(url) {
        const exchange = await openExchange(url)
        await exchange.saidOrWaited(bytes)
        exchange.socket.end()
        await exchange.until(() => false, 'the connection was not closed after the client had ended')
        const fates = framesIn(exchange.received()).frames.flatMap((came) => {
          if (came.type === TYPE.headers) return [String(statusOf(came) ?? 'trailers')]
          if (came.type === TYPE.reset) return [`reset ${errorCodeOf(came)}`]
          return came.type === TYPE.goaway ? [`goaway ${errorCodeOf(came)}`] : []
        })
        return fates.length === 0 ? ['closed'] : fates
      },
    }
  },
}

export const KINDS: readonly Kind[] = [pipelined, broken, session, multiplexed, misframed]
