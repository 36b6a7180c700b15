import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ClientName } from './clients.ts'

/** How a client sends a call: its requests as `npm run verify -- clients` recorded them. */
export interface SentCall {
  readonly encoding: 'json' | 'protobuf' | 's2s'
  /** Parameters and members with their default values, which the page does not show. */
  readonly defaults?: readonly string[]
  /** Headers of S2 that the page does not show. */
  readonly headers?: readonly string[]
  /** Requests besides the one that the page shows. */
  readonly also?: readonly string[]
}

/** By operation and client. */
export type SentCalls = Readonly<Record<string, Readonly<Partial<Record<ClientName, SentCall>>>>>

export const SENT_CALLS_FILE: string = join(import.meta.dirname, 'sent-calls.json')

/** The committed file, which `npm run verify -- clients --update-calls` writes. */
export const readSentCalls = (): SentCalls => JSON.parse(readFileSync(SENT_CALLS_FILE, 'utf8')) as SentCalls
