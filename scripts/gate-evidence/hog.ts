/** Uses a processor for a while, rests for a while, and so on: a neighbour. `hog.ts` until it is killed. */
import { setTimeout as delay } from 'node:timers/promises'

const LONGEST_MS = 1500

for (;;) {
  const until = performance.now() + Math.random() * LONGEST_MS
  while (performance.now() < until);
  await delay(Math.random() * LONGEST_MS)
}
