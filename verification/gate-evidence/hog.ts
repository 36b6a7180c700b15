/**
 * A neighbour, until it is killed: `hog.ts` uses a processor for a while, rests for a while, and so on. It goes before all others,
 * as a host does that gives the processor to another machine: whoever mostly waits would else not notice it. That needs root.
 */
import { setPriority } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'

const PRIORITY = -15
const LONGEST_MS = 1500

setPriority(PRIORITY)
for (;;) {
  const until = performance.now() + Math.random() * LONGEST_MS
  while (performance.now() < until);
  await delay(Math.random() * LONGEST_MS)
}
