import { setImmediate } from 'node:timers/promises'

/** Asks again and again, for at most five seconds of real time, until the answer satisfies. */
export async function eventually<Answer>(
  ask: () => Promise<Answer>,
  satisfies: (answer: Answer) => boolean,
): Promise<Answer> {
  const deadline = performance.now() + 5_000
  for (;;) {
    const answer = await ask()
    if (satisfies(answer)) return answer
    if (performance.now() > deadline) throw new Error(`after five seconds still ${String(answer)}`)
    await setImmediate()
  }
}
