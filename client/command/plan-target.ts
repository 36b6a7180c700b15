import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Given, Io } from '../../kit/cli/command.ts'
import { systemReason } from '../../kit/message-of.ts'
import { PACKAGE_ROOT } from '../../kit/package.ts'
import { shellQuote } from '../../kit/text/shell-word.ts'
import { UsageError } from '../../kit/usage-error.ts'
import { type Endpoints, singleEndpoint, splitEndpoints } from '../endpoints.ts'
import { attach } from '../launch/attached.ts'
import { createContainerLauncher } from '../launch/container.ts'
import type { Launcher } from '../launch/launcher.ts'
import { createProcessLauncher } from '../launch/process.ts'
import { optionWords } from './option-words.ts'

export interface TargetPlan {
  /** The reference server that comes with the suite, since no other was named. */
  readonly isEmbedded: boolean
  /** Somebody else has started it, and it cannot be killed. */
  readonly isAttached: boolean
  /** The options that name it on a command line; none for the embedded one. */
  readonly options: string
  createLauncher(env: Io['env']): Promise<Launcher>
}

/**
 * Which server is to be judged; without a word of it the embedded one, in memory unless it is to be one that can be killed.
 * Throws `UsageError` or `EndpointError`.
 */
export function planTarget(
  given: Given,
  env: Io['env'],
  embedded: 'in memory' | 'on disk' = 'in memory',
): TargetPlan {
  const container = given.text('container')
  if (container !== undefined) return inContainer(container, given)
  const command = given.text('launch')
  const takesPort = isPutHere(given)
  // A launched server that is given its port is where we put it, whatever the environment says.
  const endpoints = takesPort ? undefined : endpointsFrom(given)
  if (takesPort && given.text('endpoint') !== undefined) {
    throw new UsageError('a --launch command with {port} says where the server is: leave out --endpoint')
  }
  if (command !== undefined && !takesPort && endpoints === undefined) {
    throw new UsageError('--launch needs {port} in its command, or --endpoint beside it')
  }
  if (command !== undefined) {
    const options = { command, ...(endpoints !== undefined && { endpoints }) }
    return launched(options, theirs(given), env)
  }
  if (endpoints === undefined) {
    return launched(
      { command: `${embeddedServer()}${embedded === 'on disk' ? ' --data-dir {data_dir}' : ''}` },
      { isEmbedded: true, isAttached: false, options: '' },
      env,
    )
  }
  return {
    ...theirs(given),
    isAttached: true,
    createLauncher: () => Promise.resolve(attach(endpoints)),
  }
}

/** Whether the target is where this run puts it, on this machine; else it is where an endpoint says. */
export const isPutHere = (given: Given): boolean =>
  given.text('container') !== undefined || given.text('launch')?.includes('{port}') === true

const theirs = (given: Given): Omit<TargetPlan, 'createLauncher'> => ({
  isEmbedded: false,
  isAttached: false,
  options: optionsOf(given),
})

function inContainer(command: string, given: Given): TargetPlan {
  if (given.text('launch') !== undefined || given.text('endpoint') !== undefined) {
    throw new UsageError('--container, --launch and --endpoint exclude each other')
  }
  if (!command.includes('{port}'))
    throw new UsageError('--container needs {port} among the arguments of its image')
  return {
    ...theirs(given),
    createLauncher: (env) => createContainerLauncher({ command, env }),
  }
}

const NAMING = ['endpoint', 'account-endpoint', 'basin-endpoint', 'launch', 'container', 'ca', 'insecure']

/** Where the token is, is nobody's business. */
function optionsOf(given: Given): string {
  const single = given.text('endpoint') !== undefined
  const names = NAMING.filter((name) => !(single && /^(account|basin)-endpoint$/.test(name)))
  return optionWords(given, names).join(' ')
}

/** From the file, else from the environment; never from an argument, which every user of the machine can read. */
export async function readToken(
  given: Given,
  { env, secrets }: Pick<Io, 'env' | 'secrets'>,
): Promise<string | undefined> {
  const file = given.text('token-file')
  if (file === undefined) return env.S2_ACCESS_TOKEN || undefined
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    throw new UsageError(`--token-file: ${file} cannot be read: ${systemReason(error)}`)
  }
  const token = text.trim()
  if (token === '' || /\s/.test(token)) throw new UsageError(`--token-file: ${file} does not hold one token`)
  secrets?.learn(token)
  return token
}

function launched(
  options: { readonly command: string; readonly endpoints?: Endpoints },
  about: Omit<TargetPlan, 'createLauncher'>,
  env: Io['env'],
): TargetPlan {
  return {
    ...about,
    createLauncher: () => createProcessLauncher({ ...options, env: { ...env } }),
  }
}

function endpointsFrom(given: Given): Endpoints | undefined {
  const single = given.text('endpoint')
  const account = given.text('account-endpoint')
  const basin = given.text('basin-endpoint')
  if (single !== undefined) return singleEndpoint(single)
  if (account === undefined && basin === undefined) return undefined
  if (account === undefined || basin === undefined) {
    throw new UsageError(
      '--account-endpoint and --basin-endpoint (or their variables) go together: give both',
    )
  }
  return splitEndpoints(account, basin)
}

/**
 * As s2-lite lets web pages in, so that the rows about that can be judged; it lives for one run, on loopback. What ages
 * goes soon, or a run would end before it.
 */
function embeddedServer(): string {
  const entry = fileURLToPath(new URL('bin/s2-reference-server.js', PACKAGE_ROOT))
  return `${shellQuote(process.execPath)} ${shellQuote(entry)} --port {port} --cors any --sweep-interval 1 --delete-on-empty-grace 0`
}
