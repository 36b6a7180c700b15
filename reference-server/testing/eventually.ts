import { setImmediate, setTimeout } from 'node:timers/promises'

/** Asks again and again, for at most a minute of real time, until the answer satisfies. */
export async function eventually<Answer>(
  ask: () => Promise<Answer>,
  satisfies: (answer: Answer) => boolean,
): Promise<Answer> {
  const deadline = performance.now() + 60_000
  for (;;) {
    const answer = await ask()
    if (satisfies(answer)) return answer
    if (performance.now() > deadline) throw new Error(`after a minute still ${String(answer)}`)
    await setImmediate()
  }
}

/** As `eventually`, of another process: for at most a minute, and with pauses in which that gets to run. */
export async function eventuallyElsewhere<Answer>(
  ask: () => Promise<Answer>,
  satisfies: (answer: Answer) => boolean,
): Promise<Answer> {
  const deadline = performance.now() + 60_000
  for (;;) {
    const answer = await ask()
    if (satisfies(answer)) return answer
    if (performance.now() > deadline) throw new Error(`after a minute still ${String(answer)}`)
    await setTimeout(5)
  }
}
