import type { RulesDefect } from '../defect.ts'

export const repeatedHeadersAreMerged: RulesDefect = {
  name: 'repeated-headers-are-merged',
  seam: 'rules',
  kills: ['REC-007'],
  story: 'Of headers with the same name only the last is kept.',
  apply: (rules, fired) => ({
    ...rules,
    admitBatch(input) {
      return rules.admitBatch({
        ...input,
        records: input.records.map((record) => {
          const latest = new Map(record.headers.map((header) => [`${header.name}`, header]))
          return latest.size === record.headers.length
            ? record
            : fired({ ...record, headers: [...latest.values()] })
        }),
      })
    },
  }),
}
