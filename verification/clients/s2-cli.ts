import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { S2_CLI } from './versions.ts'
import { quietEnvironment, type Workshop } from './workshop.ts'

export const s2Binary = (workshop: Workshop): string => join(workshop.cached(`s2-cli-${S2_CLI}`), 'bin/s2')

/** The `s2` binary; resolves to why it cannot be had, and rejects if its build fails. */
export async function needS2(workshop: Workshop): Promise<string | undefined> {
  if (existsSync(s2Binary(workshop))) return undefined
  if (!workshop.mayBuildRust) return `s2 ${S2_CLI} is not built here yet`
  const built = await workshop.command(['scripts/install-s2-lite.sh'], {
    cwd: workshop.root,
    env: quietEnvironment(),
    seconds: 3600,
  })
  if (built.code === 0) return undefined
  if (built.code === 3) return 'there is no cargo on this machine'
  throw new Error(`scripts/install-s2-lite.sh failed: ${built.stderr.slice(-2000)}`)
}
