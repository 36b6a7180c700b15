import type { AppendRecord, Header } from '../../../proto/types.ts'
import type { RulesDefect } from '../defect.ts'

export const headersAreSorted: RulesDefect = {
  name: 'headers-are-sorted',
  seam: 'rules',
  kills: ['REC-007'],
  story: 'The headers of a record come back in the order of their names.',
  apply: (rules, fired) => ({
    ...rules,
    admitBatch(input) {
      const sorted = ({ headers }: AppendRecord): readonly Header[] =>
        headers.toSorted((a, b) => Buffer.compare(a.name, b.name))
      return rules.admitBatch({
        ...input,
        records: input.records.map((record) => {
          const headers = sorted(record)
          return headers.every((header, index) => header === record.headers[index])
            ? record
            : fired({ ...record, headers })
        }),
      })
    },
  }),
}
