import { createHash } from 'node:crypto'
import { OPERATE } from './operate.ts'
import type { Operation } from './peer.ts'

/** Runs operations in a process of their own, in which nothing else takes memory or CPU. */
export interface Order {
  readonly operation: Operation
  readonly port: number
}

export interface Cost {
  readonly outcome: string
  readonly cpuMs: number
  /** CPU of a fixed piece of work in the same process, measured before and after: the greater of both. */
  readonly unitMs: number
  /** Highest resident memory so far, above that before the first operation. */
  readonly moreBytes: number
}

const highest = (): number => process.resourceUsage().maxRSS * 1024
/** A port on which nothing listens: what the operation loads and compiles is not counted. */
const NOTHING = 1
let before: number | undefined

/** Milliseconds of CPU for a fixed piece of work; the least of a few times. */
function unit(): number {
  const costs = Array.from({ length: 3 }, () => {
    const used = process.cpuUsage()
    createHash('sha256').update(WORK).digest()
    const { user, system } = process.cpuUsage(used)
    return (user + system) / 1000
  })
  return Math.min(...costs)
}
const WORK = Buffer.alloc(8 * 1024 * 1024)

process.on('message', async ({ operation, port }: Order) => {
  await OPERATE[operation](NOTHING)
  globalThis.gc?.()
  before ??= highest()
  const unitBefore = unit()
  const used = process.cpuUsage()
  const outcome = await OPERATE[operation](port).catch(
    (error: unknown) => `not a fault of the target: ${error}`,
  )
  const { user, system } = process.cpuUsage(used)
  const moreBytes = highest() - before
  const unitMs = Math.max(unitBefore, unit())
  const cost: Cost = { outcome, cpuMs: (user + system) / 1000, unitMs, moreBytes }
  process.send?.(cost)
})
