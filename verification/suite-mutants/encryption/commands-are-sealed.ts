import type { RulesDefect } from '../defect.ts'

export const commandsAreSealed: RulesDefect = {
  name: 'commands-are-sealed',
  seam: 'rules',
  kills: ['ENC-011'],
  story: 'On an encrypted stream, fences and trims can be read with the right key only, as any other record.',
  apply: (rules, fired) => ({
    ...rules,
    staysReadable: (record) => (rules.staysReadable(record) ? fired(false) : false),
  }),
}
