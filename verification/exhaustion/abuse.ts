import { request } from 'node:http'
import { type Client, connectHttp1, connectHttp2 } from './client.ts'
import type { SubjectOptions } from './subject.ts'

/** One way to wear a server out, and what has to come of it. Data, and one function that does it. */
export interface Abuse {
  readonly name: string
  /** What stands against it, in words. */
  readonly limit: string
  /** The most that the server's memory may grow by at any moment, however many clients there are. */
  readonly growth: Growth
  /** Nothing else may come of it; what does is counted for people to read. */
  readonly outcomes: readonly string[]
  readonly subject?: Omit<SubjectOptions, 'dataDir'>
  /** What has to be there, again and again. */
  prepare?(target: Target): Promise<void>
  /** Resolves to what came of each client. What it opened is closed by the judge. */
  run(target: Target): Promise<readonly string[]>
}

/** MiB: with the bounds of `npm test`, which are small, and with those that a server has by default. */
export interface Growth {
  readonly small: number
  readonly byDefault: number
}

/** For what is held for clients and bounded by a room or a window: these, rendered or decoded, and garbage not yet collected. */
export const HELD: Growth = { small: 450, byDefault: 1000 }

/** For what should not be held at all: buffers of connections, and garbage. */
export const LITTLE: Growth = { small: 250, byDefault: 600 }

export interface Target {
  readonly url: string
  /** How often something is done: little in `npm test`, much in `npm run verify -- exhaust`. */
  times(few: number, many: number): number
  http1(): Promise<Client>
  http2(window?: number): Promise<Client>
  /** A request that has to succeed, for what an abuse needs to find. */
  ask(method: string, path: string, body: string): Promise<void>
  /** Whether there is something at this path. */
  exists(path: string): Promise<boolean>
  /** Polls; returns silently after a while, for the outcome tells what was missing. */
  until(condition: () => boolean): Promise<void>
  pause(milliseconds: number): Promise<void>
  /** Called at the end, before memory is looked at again. */
  cleanUp(): void
}

export const BASIN = 'bounds-basin'

export function createTarget(url: string, many: boolean): Target {
  const clients: Client[] = []
  const track = async (client: Promise<Client>): Promise<Client> => {
    clients.push(await client)
    return client
  }
  return {
    url,
    times: (few, large) => (many ? large : few),
    http1: () => track(connectHttp1(url)),
    http2: (window) => track(connectHttp2(url, window)),
    async ask(method, path, body) {
      const [status, text] = await askOnce(url, method, path, body)
      if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`)
    },
    exists: async (path) => (await askOnce(url, 'GET', `${path}?seq_num=0&bytes=1`))[0] === 200,
    async until(condition) {
      const deadline = performance.now() + PATIENCE_MS
      while (!condition() && performance.now() < deadline) await pause(5)
    },
    pause,
    cleanUp() {
      for (const client of clients.splice(0)) client.destroy()
    },
  }
}

/** Ends what hangs: a server on a busy machine may take many seconds to answer the last of several. */
const PATIENCE_MS = 120_000

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

/** On a connection of its own, which would count as one of the abuse's if it stayed. */
function askOnce(url: string, method: string, path: string, body?: string): Promise<[number, string]> {
  const headers = { 'content-type': 'application/json', 's2-basin': BASIN, connection: 'close' }
  return new Promise((resolve, reject) => {
    const asked = request(`${url}${path}`, { method, headers, agent: false }, async (answer) => {
      resolve([answer.statusCode ?? 0, (await answer.toArray()).join('')])
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

export function http1Head(
  method: string,
  path: string,
  headers: Readonly<Record<string, string | number>> = {},
): string {
  const lines = Object.entries({ host: 'localhost', 's2-basin': BASIN, ...headers })
  return `${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
}

export function http2Head(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): readonly (readonly [string, string])[] {
  return [
    [':method', method],
    [':scheme', 'http'],
    [':authority', 'localhost'],
    [':path', path],
    ['s2-basin', BASIN],
    ...Object.entries(headers),
  ]
}

/** One chunk of a body whose length is not told. */
export function chunk(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')])
}

export const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index)
