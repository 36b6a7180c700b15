import type { RulesDefect } from '../defect.ts'

export const commandNamesHaveNoCase: RulesDefect = {
  name: 'command-names-have-no-case',
  seam: 'rules',
  kills: ['REC-009'],
  story: 'A command is obeyed in upper case too.',
  apply: (rules, fired) => ({
    ...rules,
    admitBatch(input) {
      const records = input.records.map((record) => {
        const [only, ...others] = record.headers
        if (only?.name.length !== 0 || others.length > 0) return record
        const value = Buffer.from(only.value).toString('latin1')
        if (value === value.toLowerCase()) return record
        return fired({ ...record, headers: [{ ...only, value: Buffer.from(value.toLowerCase()) }] })
      })
      return rules.admitBatch({ ...input, records })
    },
  }),
}
