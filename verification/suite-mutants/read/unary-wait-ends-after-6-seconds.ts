import type { RulesDefect } from '../defect.ts'

export const unaryWaitEndsAfter6Seconds: RulesDefect = {
  name: 'unary-wait-ends-after-6-seconds',
  seam: 'rules',
  only: 'limit',
  kills: ['READ-043'],
  story: 'A unary read waits for at most six seconds, where the cap is sixty.',
  apply: (rules, fired) => ({
    ...rules,
    unaryEnd(end) {
      const bounded = rules.unaryEnd(end)
      return bounded.wait !== undefined && bounded.wait > 6 ? fired({ ...bounded, wait: 6 }) : bounded
    },
  }),
}
