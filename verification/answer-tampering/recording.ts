import type { Receipts } from '../../client/faults/fault-proxy.ts'
import type { Moment, RecordedExchange } from '../../client/wire/recorded-exchange.ts'
import type { Opening, WireRequest } from '../../client/wire/wire.ts'

/** All that a check was told, and when. */
export interface Recording {
  readonly exchanges: RecordedExchange[]
  /** When each sleep of so many milliseconds was over. */
  readonly sleeps: (Moment & { readonly milliseconds: number })[]
  /** The faults that had fired, each time that the check asked. */
  readonly receipts: Receipts[]
}

export const emptyRecording = (): Recording => ({ exchanges: [], sleeps: [], receipts: [] })

/** Requests of one key may stand for one another. */
export function keyOf({ method, path, headers, body, http }: WireRequest, { upload }: Opening): string {
  const named = Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .sort()
  return [method, path, http, upload, body?.length, ...named].join('\n')
}
