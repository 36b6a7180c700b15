import type { Abuse } from './abuse.ts'
import { type Bench, setUp } from './bench.ts'
import type { Served } from './bystander.ts'
import type { Held } from './subject.ts'

/** What an abuse did. Bytes and milliseconds. */
export interface Finding {
  readonly abuse: Abuse
  readonly before: Held
  readonly peak: number
  readonly after: Held
  readonly undisturbed: Served
  readonly disturbed: Served
  /** What came of the clients, and of how many. */
  readonly outcomes: ReadonlyMap<string, number>
  /** Milliseconds, as `Held` tells them. */
  readonly longestTurn: number
}

export interface JudgeOptions {
  readonly many: boolean
  /** How long the other client is watched before. */
  readonly undisturbedMs: number
}

/**
 * Lets abuses loose, one after the other. Those that may grow the server by as much, and ask for the same one, share it:
 * each is held to the memory of the server when it was fresh, so that what one leaves behind counts for the next.
 */
export class Judge {
  readonly #options: JudgeOptions
  #bench: Bench | undefined
  #key = ''

  constructor(options: JudgeOptions) {
    this.#options = options
  }

  async judge(abuse: Abuse): Promise<Finding> {
    const key = JSON.stringify([abuse.growth, abuse.subject])
    if (this.#bench === undefined || key !== this.#key) {
      await this.close()
      this.#bench = await setUp(abuse.subject ?? {}, this.#options.many)
      this.#key = key
    }
    return this.#watch(abuse, this.#bench)
  }

  async close(): Promise<void> {
    await this.#bench?.[Symbol.asyncDispose]()
    this.#bench = undefined
  }

  async #watch(abuse: Abuse, { target, subject, bystander, fresh }: Bench): Promise<Finding> {
    // Each answer tells of the faults since the one before it.
    const faults: string[] = []
    const ask = async (): Promise<Held> => {
      const held = await subject.held()
      faults.push(...held.faults)
      return held
    }
    await abuse.prepare?.(target)
    await bystander.report()
    await target.pause(this.#options.undisturbedMs)
    await subject.held()
    const undisturbed = await bystander.served()
    subject.resetPeak()
    const came = await abuse.run(target)
    const disturbed = await bystander.served()
    const { longestTurn } = await ask()
    target.cleanUp()
    const after = await settled(fresh, ask)
    return {
      abuse,
      before: fresh,
      peak: subject.peak(),
      after: { ...after, faults },
      undisturbed,
      disturbed,
      outcomes: counted(came),
      longestTurn,
    }
  }
}

/** What is held once the connections of the abuse are gone, or, if they do not go, after a while. */
async function settled(before: Held, ask: () => Promise<Held>): Promise<Held> {
  const deadline = performance.now() + SETTLE_MS
  for (;;) {
    const held = await ask()
    if (held.sockets <= before.sockets && held.live - before.live < NOISE_BYTES) return held
    if (performance.now() > deadline) return held
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const SETTLE_MS = 60_000
const NOISE_BYTES = 20 * 1_048_576

function counted(outcomes: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const outcome of outcomes) counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
  return counts
}
