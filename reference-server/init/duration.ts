/**
 * Nanoseconds of a duration as people write it, `7d`, `1week` or `2h 30min`, in the words that s2-lite knows (CP-LITE-040):
 * spans of a number, maybe with a fraction, and a unit, one behind the other and added up. A month has 30.44 days and a
 * year 365.25; a bare `0` is nothing. Undefined if it is anything else.
 */
export function parseDuration(text: string): bigint | undefined {
  if (text === '0') return 0n
  if (!WHOLE.test(text)) return undefined
  let sum = 0n
  for (const [, whole = '', fraction = '', unit = ''] of text.matchAll(SPAN)) {
    const size = UNITS.get(unit)
    if (size === undefined) return undefined
    const scale = 10n ** BigInt(fraction.length)
    const span = BigInt(`${whole}${fraction}`) * size
    // Less than a nanosecond cannot be kept, and is no duration rather than another one.
    if (span % scale !== 0n) return undefined
    sum += span / scale
  }
  return sum <= MAX ? sum : undefined
}

const SPAN = /(\d+)(?:\.(\d+))?\s*([A-Za-zµ]+)\s*/g
const WHOLE = /^\s*(?:\d+(?:\.\d+)?\s*[A-Za-zµ]+\s*)+$/

const SECOND = 1_000_000_000n
const DAY = 86_400n * SECOND

/** 2^64 - 1 seconds and what is left of the last one. */
const MAX = 2n ** 64n * SECOND - 1n

const WORDS: readonly (readonly [size: bigint, names: string])[] = [
  [1n, 'nanos nsec ns'],
  [1_000n, 'usec us µs'],
  [1_000_000n, 'millis msec ms'],
  [SECOND, 'seconds second secs sec s'],
  [60n * SECOND, 'minutes minute min mins m'],
  [3600n * SECOND, 'hours hour hr hrs h'],
  [DAY, 'days day d'],
  [7n * DAY, 'weeks week wk wks w'],
  [2_630_016n * SECOND, 'months month M'],
  [31_557_600n * SECOND, 'years year yr yrs y'],
]

const UNITS: ReadonlyMap<string, bigint> = new Map(
  WORDS.flatMap(([size, names]) => names.split(' ').map((name) => [name, size] as const)),
)
