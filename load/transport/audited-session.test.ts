import { expect, test } from 'vitest'
import { type Span, streamsWaited } from './audited-session.ts'

/** What a stream with a window of 64 KiB sends in 20 ms where round trips take 10 ms. */
const FAR: Span = { milliseconds: 20, sent: 2 * 65_536, waiting: 1, streamWindow: 65_536, roundTripMs: 10 }

test.each<[string, Partial<Span>, boolean]>([
  ['its window opens once in each round trip', {}, true],
  ['round trips are somewhat longer than the shortest', { sent: 65_536 }, true],
  ['nothing waits', { waiting: 0 }, false],
  ['nothing goes', { sent: 200 }, true],
  ['nothing goes, and how far away the target is is not known', { sent: 0, roundTripMs: undefined }, true],
  ['how far away the target is is not known', { roundTripMs: undefined }, false],
  ['as much goes, but the target is near', { roundTripMs: 0.1 }, false],
  [
    'much goes to a target that is near and gives much',
    { sent: 4 << 20, streamWindow: 1 << 20, roundTripMs: 0.2 },
    false,
  ],
  ['its window would have let more through', { streamWindow: 16 << 20 }, false],
  ['more goes than round trips that long let through', { sent: 6 * 65_536 }, false],
  ['so few of many streams', { waiting: 20 }, false],
])('a stream waits for its window where %s: %j is %s', (_what, change, waits) => {
  expect(streamsWaited({ ...FAR, ...change })).toBe(waits)
})
