import type { RulesDefect } from '../defect.ts'

export const waitIsInMilliseconds: RulesDefect = {
  name: 'wait-is-in-milliseconds',
  seam: 'rules',
  kills: ['READ-042', 'READ-050'],
  story: 'A read waits a thousandth of the time that it asks for.',
  apply: (rules, fired) => ({
    ...rules,
    waitAtTail(end) {
      const wait = rules.waitAtTail(end)
      return wait > 0 && Number.isFinite(wait) ? fired(wait / 1000) : wait
    },
  }),
}
