import { isCommand } from '../../../reference-server/semantics/batch/command.ts'
import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const unknownCommandsAreTaken: RulesDefect = {
  name: 'unknown-commands-are-taken',
  seam: 'rules',
  kills: ['REC-009'],
  story: 'A record of the form of a command that is none is appended like any other.',
  apply: (rules, fired) => ({
    ...rules,
    admitBatch(input) {
      const batch = rules.admitBatch(input)
      const [only, ...others] = input.records
      if (!isRefusal(batch) || only === undefined || others.length > 0 || !isCommand(only)) return batch
      const name = Buffer.from(only.headers[0]?.value ?? []).toString('latin1')
      if (only.headers.length > 1 || name === 'fence' || name === 'trim') return batch
      const plain = rules.admitBatch({ ...input, records: [{ ...only, headers: [] }] })
      if (isRefusal(plain)) return batch
      return fired({
        ...plain,
        records: plain.records.map((record) => ({ ...record, headers: only.headers })),
      })
    },
  }),
}
