import type { RulesDefect } from '../defect.ts'

export const arrivalIsToldInSeconds: RulesDefect = {
  name: 'arrival-is-told-in-seconds',
  seam: 'rules',
  kills: ['APP-033'],
  story: 'The time of arrival is stored in seconds instead of milliseconds.',
  apply: (rules, fired) => ({
    ...rules,
    append: (state, batch, now, ...given) => rules.append(state, batch, fired(now / 1000n), ...given),
  }),
}
