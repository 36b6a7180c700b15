import type { RulesDefect } from '../defect.ts'

export const offsetBeyondTheStartIsTheTail: RulesDefect = {
  name: 'offset-beyond-the-start-is-the-tail',
  seam: 'rules',
  only: 'limit',
  kills: ['READ-006'],
  story: 'A tail offset larger than the stream starts at the tail instead of at 0.',
  apply: (rules, fired) => ({
    ...rules,
    resolveStart(start, tail, mayStandAtTail) {
      const isFar = start.tailOffset !== undefined && start.tailOffset > tail.seqNum
      return rules.resolveStart(isFar ? fired({ ...start, tailOffset: 0n }) : start, tail, mayStandAtTail)
    },
  }),
}
