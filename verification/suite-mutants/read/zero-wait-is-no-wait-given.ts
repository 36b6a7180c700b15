import type { RulesDefect } from '../defect.ts'

export const zeroWaitIsNoWaitGiven: RulesDefect = {
  name: 'zero-wait-is-no-wait-given',
  seam: 'rules',
  only: 'transport',
  withholds: true,
  kills: ['READ-048'],
  story: 'A session told to wait for no time waits for ever.',
  apply: (rules, fired) => ({
    ...rules,
    waitAtTail(end) {
      const { wait, ...rest } = end
      return wait === 0 ? fired(rules.waitAtTail(rest)) : rules.waitAtTail(end)
    },
  }),
}
