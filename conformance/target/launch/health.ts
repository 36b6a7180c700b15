import http from 'node:http'
import https from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Endpoints } from '../endpoints.ts'

const POLL_MS = 50
const ANSWER_MS = 1000

/** Polls `GET /health` until it answers 200; false when the time is over or `isHopeless`. */
export async function awaitHealth(
  endpoints: Endpoints,
  seconds: number,
  signal: AbortSignal,
  isHopeless: () => boolean,
): Promise<boolean> {
  const end = performance.now() + seconds * 1000
  while (performance.now() < end && !isHopeless()) {
    if (await answersHealth(endpoints)) return true
    await sleep(POLL_MS, undefined, { signal })
  }
  return false
}

/** One `GET /health` at the server's root: whether it is answered with 200. */
export function answersHealth(endpoints: Endpoints): Promise<boolean> {
  const url = `${endpoints.account.origin}/health`
  const { get } = url.startsWith('https:') ? https : http
  return new Promise((resolve) => {
    const request = get(url, { agent: false, timeout: ANSWER_MS }, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    request.once('timeout', () => request.destroy())
    request.once('error', () => resolve(false))
  })
}
