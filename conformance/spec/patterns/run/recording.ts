import assert from 'node:assert/strict'
import { recordWire } from '../../../../client/wire/record-wire.ts'
import type { RecordedExchange } from '../../../../client/wire/recorded-exchange.ts'
import type { Wire, WireRequest } from '../../../../client/wire/wire.ts'
import { realClock } from '../../../../kit/clock.ts'
import { exchangesOf } from '../../capture/example-of.ts'
import { createStableValues, type StableValues } from '../../capture/stable-values.ts'
import { BASIN } from '../basin.ts'
import type { CapturedExchange, CapturedStep } from '../captured-step.ts'
import type { PatternServer } from './pattern-server.ts'

/** Records the exchanges of each step. */
export interface Recording {
  step(number: number): void
  label(name: string): void
  over(wire: Wire): Wire
  /** The steps as a page shows them. Call it after the connections are closed. */
  steps(): Promise<readonly CapturedStep[]>
}

interface Placed {
  readonly step: number
  readonly label: string | undefined
}

export function createRecording(server: PatternServer): Recording {
  const exchanges: RecordedExchange[] = []
  const places = new Map<WireRequest, Placed>()
  const cancelled = new Set<WireRequest>()
  const began = BigInt(Date.now())
  let step = 0
  let label: string | undefined

  return {
    step(number) {
      assert.equal(number, step + 1, 'steps come in their order')
      step = number
      label = undefined
    },
    label(name) {
      label = name
    },
    over(wire) {
      const recorded = recordWire(wire, exchanges, realClock.now)
      return {
        close: wire.close,
        async open(request, opening, signal) {
          assert(step > 0, 'an exchange is captured before the first step')
          places.set(request, { step, label })
          const answer = await recorded.open(request, opening, signal)
          return {
            ...answer,
            cancel() {
              cancelled.add(request)
              answer.cancel()
            },
            upload: {
              end: answer.upload.end,
              // A session that goes on belongs to the step in which it is used last.
              write(bytes) {
                places.set(request, { step, label })
                return answer.upload.write(bytes)
              },
            },
          }
        },
      }
    },
    async steps() {
      const shown = await exchangesOf(exchanges, stableValues(server, began))
      const placed = exchanges.map((exchange, index) => {
        const place = places.get(exchange.request)
        const ending = endingOf(exchange, cancelled.has(exchange.request))
        const one = shown[index]
        assert(place !== undefined && one !== undefined)
        const captured: CapturedExchange = {
          ...(place.label !== undefined && { label: place.label }),
          ...one,
          ...(exchange.opening.upload && exchange.uploads.length === 0 && { openBody: true as const }),
          ...(ending !== undefined && { ending }),
        }
        return { step: place.step, captured }
      })
      return Array.from({ length: step }, (_, index) => ({
        step: index + 1,
        exchanges: placed.flatMap((each) => (each.step === index + 1 ? [each.captured] : [])),
      }))
    },
  }
}

/** Times of a server whose clock the run sets are the same in each run, and stay. */
function stableValues({ url, faults }: PatternServer, began: bigint): StableValues {
  const host = new URL(url).host
  const [from, to] = faults === undefined ? [began, BigInt(Date.now())] : [0n, 0n]
  return createStableValues({ namePrefix: 'none of the names ', basin: BASIN, host, began: from, from, to })
}

function endingOf({ head, pieces, opening }: RecordedExchange, isCancelled: boolean): string | undefined {
  if (head === undefined || 'error' in head) return undefined
  const came = pieces.at(-1)?.came
  if (came?.kind === 'end') return undefined
  if (isCancelled) return 'The client closes the connection.'
  if (came?.kind === 'error') return 'The connection breaks here, without an end of the answer.'
  return opening.upload ? 'The session stays open.' : undefined
}
