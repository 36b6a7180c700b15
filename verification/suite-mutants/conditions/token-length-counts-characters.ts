import { MAX_FENCING_TOKEN_BYTES } from '../../../proto/limits.ts'
import { isCommand } from '../../../reference-server/semantics/batch/command.ts'
import { isRefusal } from '../../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from '../defect.ts'

export const tokenLengthCountsCharacters: RulesDefect = {
  name: 'token-length-counts-characters',
  seam: 'rules',
  only: 'limit',
  kills: ['CMD-003', 'CP-LIM-009'],
  story: 'A fence of at most 36 characters is taken though it has more bytes.',
  apply: (rules, fired) => ({
    ...rules,
    admitBatch(input) {
      const batch = rules.admitBatch(input)
      const [only, ...others] = input.records
      if (!isRefusal(batch) || only === undefined || others.length > 0 || !isCommand(only)) return batch
      const text = Buffer.from(only.body).toString('utf8')
      const isShort = text.length <= MAX_FENCING_TOKEN_BYTES && only.body.length > MAX_FENCING_TOKEN_BYTES
      const cut = rules.admitBatch({ ...input, records: [{ ...only, body: Buffer.from('x') }] })
      if (!isShort || text.includes('\ufffd') || isRefusal(cut)) return batch
      return fired({ ...cut, records: cut.records.map((record) => ({ ...record, body: only.body })) })
    },
  }),
}
