import { rules } from '../../../reference-server/semantics/rules.ts'
import type { Seams } from './bug.ts'

/** The server as it is. */
export const HEALTHY: Seams = {
  rules: () => rules,
  backend: (healthy) => healthy,
  store: (healthy) => healthy,
  open: (database, healthy) => healthy(database),
  database: (healthy) => healthy,
}
