import http from 'node:http'
import https from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Endpoints } from '../endpoints.ts'

const POLL_MS = 50
const ANSWER_MS = 1000

/** Polls `GET /health` until it answers 200; false when the time is over or `isHopeless`. Rejects when the signal aborts. */
export async function awaitHealth(
  endpoints: Endpoints,
  seconds: number,
  signal: AbortSignal,
  isHopeless: () => boolean,
): Promise<boolean> {
  const end = performance.now() + seconds * 1000
  while (performance.now() < end && !isHopeless()) {
    if (await answersHealth(endpoints, signal)) return true
    await sleep(POLL_MS, undefined, { signal })
  }
  return false
}

/**
 * Sends one `GET /health` to the server's root; whether the status is 200. The head must be complete within a second,
 * however it is sent, and the body is not read. Never rejects.
 */
export function answersHealth(endpoints: Endpoints, signal: AbortSignal): Promise<boolean> {
  const url = `${endpoints.account.origin}/health`
  const { get } = url.startsWith('https:') ? https : http
  const limited = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)])
  return new Promise((resolve) => {
    const request = get(url, { agent: false, signal: limited }, (response) => {
      resolve(response.statusCode === 200)
      response.destroy()
    })
    request.on('error', () => resolve(false))
  })
}
