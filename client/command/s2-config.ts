import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Given, Io, Option } from '../../kit/cli/command.ts'
import { systemReason } from '../../kit/message-of.ts'
import { UsageError } from '../../kit/usage-error.ts'

/** The option that takes the endpoints from where the `s2` command keeps them. */
export const S2_CONFIG_OPTION: Option = {
  name: 's2-config',
  value: 'FILE',
  help: 'use the endpoints in this config file of the s2 command, such as ~/.config/s2/config.toml',
}

/** Keys of the `s2` command's config file that say where the service is, and the option that each stands for. */
const ENDPOINTS = [
  ['account_endpoint', 'account-endpoint'],
  ['basin_endpoint', 'basin-endpoint'],
] as const

/** Returns what the file says of the target as words of a command line. Throws `UsageError`. */
export async function s2ConfigWords(given: Given, io: Pick<Io, 'cwd'>): Promise<readonly string[]> {
  const file = given.text(S2_CONFIG_OPTION.name)
  if (file === undefined) return []
  for (const other of ['endpoint', 'launch', 'container'])
    if (given.text(other) !== undefined)
      throw new UsageError(`--s2-config and --${other} exclude each other: both name the server`)
  const values = await readToml(file, io.cwd)
  const endpoints = ENDPOINTS.map(([key, option]) => {
    const value = values[key]
    if (typeof value !== 'string')
      throw new UsageError(`--s2-config: ${file} has no ${key}: set it with "s2 config set ${key} URL"`)
    return `--${option}=${value}`
  })
  return values.ssl_no_verify === true && !given.flag('insecure') && given.text('ca') === undefined
    ? [...endpoints, '--insecure']
    : endpoints
}

async function readToml(file: string, cwd: string): Promise<Readonly<Record<string, unknown>>> {
  const { parse, TomlError } = await import('smol-toml')
  try {
    return parse(await readFile(resolve(cwd, file), 'utf8'))
  } catch (error) {
    if (error instanceof TomlError)
      throw new UsageError(
        `--s2-config: ${file} is not valid TOML: line ${error.line}, column ${error.column}`,
      )
    throw new UsageError(`--s2-config: ${file} cannot be read: ${systemReason(error)}`)
  }
}
