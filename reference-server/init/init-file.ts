import { readWhole } from '../../kit/read-file.ts'
import { parseJsonBytes } from '../../proto/json.ts'
import { WireError } from '../../proto/wire-error.ts'
import { InitError } from '../backend/init-error.ts'
import type { Resources } from '../backend/resources.ts'
import type { Rules } from '../semantics/rules.ts'
import { readResources } from './resources.ts'

/** What an init file, in JSON, wants to be there. Rejects with `InitError`. */
export async function readInitFile(file: string, rules: Rules): Promise<Resources> {
  const bytes = await readWhole(file).catch((error: NodeJS.ErrnoException) => {
    throw new InitError(`cannot read the init file ${file}: ${error.code ?? error.message}`)
  })
  try {
    return readResources(parseJsonBytes(bytes), rules)
  } catch (error) {
    if (error instanceof WireError) throw new InitError(`in the init file ${file}: ${error.message}`)
    throw error
  }
}
