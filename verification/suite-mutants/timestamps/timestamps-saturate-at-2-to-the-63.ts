import type { RulesDefect } from '../defect.ts'

export const timestampsSaturateAt2ToThe63: RulesDefect = {
  name: 'timestamps-saturate-at-2-to-the-63',
  seam: 'rules',
  only: 'limit',
  kills: ['REC-024', 'APP-035'],
  story: 'A timestamp beyond the largest signed number is cut to it.',
  apply: (rules, fired) => ({
    ...rules,
    append(state, batch, ...given) {
      const MOST = 2n ** 63n - 1n
      return rules.append(
        state,
        {
          ...batch,
          records: batch.records.map((record) =>
            (record.timestamp ?? 0n) > MOST ? fired({ ...record, timestamp: MOST }) : record,
          ),
        },
        ...given,
      )
    },
  }),
}
