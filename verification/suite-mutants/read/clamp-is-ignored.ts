import type { RulesDefect } from '../defect.ts'

export const clampIsIgnored: RulesDefect = {
  name: 'clamp-is-ignored',
  seam: 'rules',
  kills: ['READ-011'],
  story: 'A read beyond the tail is refused though it asks to be clamped.',
  apply: (rules, fired) => ({
    ...rules,
    resolveStart(start, tail, mayStandAtTail) {
      return rules.resolveStart(
        start.clamp === true ? fired({ ...start, clamp: false }) : start,
        tail,
        mayStandAtTail,
      )
    },
  }),
}
