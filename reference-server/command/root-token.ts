import { messageOf } from '../../kit/message-of.ts'
import { readWhole } from '../../kit/read-file.ts'
import { type NewSecret, systemSecret } from '../environment.ts'
import { isRootToken, ROOT_TOKEN_RULE } from '../http/hooks/access-control.ts'

/** The token of the owner, who may do everything. It is told to nobody who has it already. */
export interface RootToken {
  readonly secret: string
  /** How a shell comes to it: the token itself only if it was made up just now. */
  readonly shell: string
}

/** Where the environment may hold it. */
const VARIABLE = 'S2_ROOT_TOKEN'

/** From the file, or else the environment, or else made up. Rejects, without the token in the message, if it is none. */
export async function findRootToken(
  file: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  newSecret: NewSecret = systemSecret,
): Promise<RootToken> {
  if (file !== undefined) return given(await readToken(file), `the root token in ${file}`, catOf(file))
  const secret = env[VARIABLE]
  if (secret !== undefined) return given(secret, VARIABLE, `$${VARIABLE}`)
  const made = newSecret()
  return { secret: made, shell: made }
}

async function readToken(file: string): Promise<string> {
  try {
    return String(await readWhole(file)).trim()
  } catch (cause) {
    const why = cause instanceof Error && 'code' in cause ? String(cause.code) : messageOf(cause)
    throw new Error(`cannot read the root token in ${file}: ${why}`, { cause })
  }
}

function given(secret: string, what: string, shell: string): RootToken {
  if (isRootToken(secret)) return { secret, shell }
  throw new Error(`${what} must have ${ROOT_TOKEN_RULE}`)
}

const catOf = (file: string): string => `"$(cat '${file.replaceAll("'", "'\\''")}')"`
