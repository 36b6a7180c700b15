import type { Backend } from '../../../reference-server/backend/backend.ts'
import type { Rules } from '../../../reference-server/semantics/rules.ts'
import type { Database } from '../../../reference-server/store/level-store.ts'
import type { Store } from '../../../reference-server/store/store.ts'

/** The parts of a server that a bug can be put into, from the rules down to the disk. Called anew in each life. */
export interface Seams {
  rules(): Rules
  backend(healthy: Backend): Backend
  store(healthy: Store): Store
  /** Makes the store on a database; `healthy` is the server's own, with its group commit. */
  open(database: Database, healthy: (database: Database) => Store): Store
  database(healthy: Database): Database
}

/** A bug that a server like ours could have, put back by hand so that the simulation can be seen to find it. */
export interface Bug {
  readonly name: string
  /** What is done wrong, in a sentence. */
  readonly story: string
  /** Made anew for each run. */
  seams(): Partial<Seams>
}
