import { invalid } from '../../reference-server/semantics/refusal.ts'
import type { RulesDefect } from './defect.ts'

/** Broken for everybody to see: a run in which it survives has shown nothing of the other defects. */
export const canary: RulesDefect = {
  name: 'no-append-succeeds',
  seam: 'rules',
  kills: ['APP-001', 'READ-004', 'TAIL-003'],
  story: 'Every append is refused.',
  apply: (rules, fired) => ({ ...rules, append: () => fired(invalid('nothing is appended here')) }),
}
