import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextStep, type SessionState, type Step } from './follow.ts'

const AT_THE_TAIL: SessionState = {
  next: 5n,
  tail: 5n,
  isDone: false,
  hasWaited: false,
  owesHeartbeat: false,
}

test.each<{ is: string; at: Partial<SessionState>; step: Step }>([
  { is: 'is behind', at: { next: 4n }, step: 'deliver' },
  { is: 'is behind and owes a heartbeat (S2S-042)', at: { next: 4n, owesHeartbeat: true }, step: 'deliver' },
  { is: 'is behind and has waited (READ-040)', at: { next: 4n, hasWaited: true }, step: 'deliver' },
  { is: 'has met its bound (READ-034)', at: { next: 4n, isDone: true }, step: 'end' },
  { is: 'has met its bound at the tail', at: { isDone: true, owesHeartbeat: true }, step: 'end' },
  { is: 'has come to the tail (S2S-041)', at: { owesHeartbeat: true }, step: 'heartbeat' },
  { is: 'has told of the tail', at: {}, step: 'wait' },
  { is: 'has waited (READ-050)', at: { hasWaited: true }, step: 'end' },
  { is: 'may not wait (READ-048)', at: { hasWaited: true, owesHeartbeat: true }, step: 'end' },
])('a session that $is: $step', ({ at, step }) => {
  expect(nextStep({ ...AT_THE_TAIL, ...at })).toBe(step)
})

test('a heartbeat tells of a tail below which all is delivered, and nobody waits behind it (S2S-042)', () => {
  const seqNum = fc.bigInt({ min: 0n, max: 3n })
  const standing = fc.record({
    next: seqNum,
    tail: seqNum,
    isDone: fc.boolean(),
    hasWaited: fc.boolean(),
    owesHeartbeat: fc.boolean(),
  })
  fc.assert(
    fc.property(standing, (standing) => {
      const step = nextStep(standing)
      if (step === 'heartbeat' || step === 'wait') expect(standing.next).toBeGreaterThanOrEqual(standing.tail)
      if (step === 'deliver') expect(standing.next).toBeLessThan(standing.tail)
    }),
  )
})
