import { Agent, type IncomingMessage, request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { messageOf } from '../../kit/message-of.ts'

/*
 * A well-behaved client beside the abuse, in a thread of its own, so that what it measures is not the abuser's own load:
 * one small append and one check of the tail after the other, on one connection.
 */

export interface BystanderData {
  readonly url: string
  readonly basin: string
}

/** Since the last report. */
export interface Served {
  /** Milliseconds, of the requests that were answered with 200. */
  readonly latencies: readonly number[]
  /** What else came. */
  readonly troubles: readonly string[]
}

const { url, basin } = workerData as BystanderData
const agent = new Agent({ keepAlive: true, maxSockets: 1 })
const path = '/v1/streams/bystander/records'
let latencies: number[] = []
let troubles: string[] = []

parentPort?.on('message', () => {
  parentPort?.postMessage({ latencies, troubles } satisfies Served)
  latencies = []
  troubles = []
})

for (;;) {
  await timed('POST', path, '{"records":[{"body":"a small record"}]}')
  await timed('GET', `${path}/tail`)
  await pause(2)
}

async function timed(method: string, target: string, body?: string): Promise<void> {
  const begin = performance.now()
  try {
    const status = await ask(method, target, body)
    if (status === 200) latencies.push(performance.now() - begin)
    else troubles.push(`${method}: ${status}`)
  } catch (error) {
    troubles.push(`${method}: ${messageOf(error)}`)
  }
}

function ask(method: string, target: string, body?: string): Promise<number> {
  const headers = { 's2-basin': basin, ...(body !== undefined && { 'content-type': 'application/json' }) }
  return new Promise((resolve, reject) => {
    const asked = request(`${url}${target}`, { method, agent, headers }, (answer: IncomingMessage) => {
      answer.resume()
      answer.on('end', () => resolve(answer.statusCode ?? 0))
      answer.on('error', reject)
    })
    asked.on('error', reject)
    asked.end(body)
  })
}
