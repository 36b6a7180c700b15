import type { RulesDefect } from '../defect.ts'

export const headerValuesEndAtANul: RulesDefect = {
  name: 'header-values-end-at-a-nul',
  seam: 'rules',
  kills: ['PROP-004'],
  story: 'The value of a header is cut off at its first zero byte.',
  apply: (rules, fired) => ({
    ...rules,
    admitBatch(input) {
      return rules.admitBatch({
        ...input,
        records: input.records.map((record) => {
          if (record.headers.every(({ name, value }) => name.length === 0 || !value.includes(0)))
            return record
          const headers = record.headers.map(({ name, value }) => {
            const end = value.indexOf(0)
            return { name, value: name.length === 0 || end === -1 ? value : value.subarray(0, end) }
          })
          return fired({ ...record, headers })
        }),
      })
    },
  }),
}
