import type { RulesDefect } from '../defect.ts'

export const tailOffsetIsOneTooFar: RulesDefect = {
  name: 'tail-offset-is-one-too-far',
  seam: 'rules',
  kills: ['READ-006', 'READ-018'],
  story: 'A tail offset of 1 starts at the last record but one.',
  apply: (rules, fired) => ({
    ...rules,
    resolveStart(start, tail, mayStandAtTail) {
      const { tailOffset = 0n } = start
      return rules.resolveStart(
        tailOffset > 0n ? fired({ ...start, tailOffset: tailOffset + 1n }) : start,
        tail,
        mayStandAtTail,
      )
    },
  }),
}
