import { createGlob } from '../../../kit/glob.ts'
import type { Example } from './example.ts'

/** Names an example, such as `APP-011/json`. */
export const keyOf = ({ id, transport }: Pick<Example, 'id' | 'transport'>): string => `${id}/${transport}`

/** Why two healthy runs show different exchanges of these examples. */
const VARYING: Readonly<Record<string, readonly string[]>> = {
  'concurrent requests are answered in any order': [
    'APP-004/*',
    'APP-008/*',
    'APP-027/*',
    'APP-029/*',
    'APP-046/*',
    'APP-043/s2s',
    'APP-060/*',
    'APP-063/*',
    'AUT-021/*',
    'CMD-016/*',
    'CMD-021/*',
    'CP-MET-011/*',
    'CP-STR-076/*',
    'LIN-004/*',
    'LIN-005/*',
    'LIN-007/*',
    'LIN-008/*',
    'LIN-021/*',
    'LIN-023/*',
    'LIN-024/*',
    'LIN-025/*',
    'LIN-026/*',
    'LIN-027/*',
    'READ-045/*',
    'READ-046/*',
    'TAIL-004/*',
    'TAIL-005/*',
  ],
  'batches of a reader depend on how far the writer or a trim is': [
    'CMD-024/*',
    'CMD-025/sse',
    'CMD-026/*',
    'LIN-028/*',
    'READ-053/*',
    'READ-054/*',
    'READ-061/*',
    'READ-070/*',
    'SSE-010/*',
  ],
  'the number of heartbeats or frames depends on time': ['RTE-020/sse', 'S2S-048/s2s', 'S2S-049/s2s'],
  'the request is padded to a size, and the generated name in it varies in length': ['CP-RT-038/json'],
  'the answer lists what all other checks did': [
    'CP-LITE-022/*',
    'CP-MET-010/*',
    'CP-MET-013/*',
    'CP-RT-007/*',
  ],
  'the text is cut, and its length depends on the digits in it': ['SSE-021/*'],
}

const globs = Object.values(VARYING).flat().map(createGlob)

/** Reports whether two healthy runs can show different exchanges of this example. */
export const isVarying = (example: Pick<Example, 'id' | 'transport'>): boolean =>
  globs.some((glob) => glob.matches(keyOf(example)))
