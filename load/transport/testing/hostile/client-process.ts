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
  /** Highest resident memory so far, above that before the first operation. */
  readonly moreBytes: number
}

const highest = (): number => process.resourceUsage().maxRSS * 1024
/** A port on which nothing listens: what the operation loads and compiles is not counted. */
const NOTHING = 1
let before: number | undefined

process.on('message', async ({ operation, port }: Order) => {
  await OPERATE[operation](NOTHING)
  globalThis.gc?.()
  before ??= highest()
  const used = process.cpuUsage()
  const outcome = await OPERATE[operation](port).catch(
    (error: unknown) => `not a fault of the target: ${error}`,
  )
  const { user, system } = process.cpuUsage(used)
  const cost: Cost = { outcome, cpuMs: (user + system) / 1000, moreBytes: highest() - before }
  process.send?.(cost)
})
