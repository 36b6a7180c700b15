import type { Given, Option } from '../cli/command.ts'
import type { Choice, Profile } from '../run/selection.ts'
import type { Budget } from '../target/wire/meter.ts'
import { parseResolution, type Resolution } from '../target/wire/resolve.ts'
import { UsageError } from '../usage-error.ts'

export const MAX_SEED: number = 2 ** 32 - 1
const MAX_CONCURRENCY = 256

export const RUN_OPTIONS: readonly Option[] = [
  {
    name: 'endpoint',
    value: 'URL',
    help: 'one origin for everything; basins are named by the header s2-basin',
  },
  { name: 'account-endpoint', value: 'URL', help: 'where basins are managed', env: 'S2_ACCOUNT_ENDPOINT' },
  {
    name: 'basin-endpoint',
    value: 'URL',
    help: 'where streams are; {basin} in it is filled in',
    env: 'S2_BASIN_ENDPOINT',
  },
  {
    name: 'token-file',
    value: 'FILE',
    help: 'file with the access token; otherwise S2_ACCESS_TOKEN is sent',
  },
  {
    name: 'launch',
    value: 'CMD',
    help: 'start the server by this command; {port}, {data_dir} and {bucket} are filled in',
  },
  {
    name: 'container',
    value: 'IMAGE ARGS',
    help: 'start it in a container; {port} and {data_dir} are filled in. Needs testcontainers and a Docker engine',
  },
  {
    name: 'profile',
    value: 'core|s2-lite|hosted',
    help: 'which rows are judged: core unless told, core and lite where no server is named',
  },
  {
    name: 'expect',
    value: 'FILE',
    help: 'forgive the divergences listed there, instead of those of the profile',
  },
  {
    name: 'only',
    value: 'GLOB',
    multiple: true,
    help: 'only these requirements; may be given more than once',
  },
  { name: 'seed', value: 'N', help: 'repeat the order and the random choices of an earlier run' },
  { name: 'concurrency', value: 'N', default: '16', help: 'how many checks run at a time' },
  {
    name: 'quick',
    help: 'a first look in seconds: nothing that waits or asks much, one transport for each row',
  },
  { name: 'all', help: 'also what takes 15 seconds and more' },
  {
    name: 'allow-account-changes',
    help: 'also rows that change what the whole account sees, one at a time, and put it back',
  },
]

/** For a service that others use and somebody pays for. */
export const HOSTED_OPTIONS: readonly Option[] = [
  {
    name: 'resolve',
    value: 'HOST:PORT:ADDR',
    multiple: true,
    help: 'connect there for that host and port, as curl has it; * is any host',
  },
  {
    name: 'basin',
    value: 'NAME',
    help: 'use this basin and make none; rows that would change it are not applicable',
  },
  { name: 'max-requests', value: 'N', help: 'end the run after so many requests, clean-up aside' },
  { name: 'max-bytes', value: 'N', help: 'end the run after so many bytes of bodies, both ways together' },
  {
    name: 'dry-run',
    help: 'say what the run would judge and about what it would ask of the target, and end',
  },
]

export interface RunSettings {
  readonly profile: Profile | undefined
  readonly only: readonly string[]
  readonly time: Choice['time']
  readonly accountChanges: boolean
  readonly seed: number | undefined
  readonly concurrency: number
  readonly budget: Budget
  readonly basin: string | undefined
  readonly resolutions: readonly Resolution[]
}

/** Throws `UsageError`. */
export function settingsFrom(given: Given): RunSettings {
  if (given.flag('quick') && given.flag('all')) throw new UsageError('--quick and --all exclude each other')
  const seed = given.text('seed')
  return {
    profile: profileFrom(given.text('profile')),
    only: [...given.all('only'), ...given.operands],
    time: given.flag('quick') ? 'quick' : given.flag('all') ? 'all' : 'default',
    accountChanges: given.flag('allow-account-changes'),
    seed: seed === undefined ? undefined : integer('--seed', seed, 0, MAX_SEED),
    budget: {
      ...limit(given, 'requests', 'max-requests'),
      ...limit(given, 'bytes', 'max-bytes'),
    },
    basin: given.text('basin'),
    resolutions: given.all('resolve').map(parseResolution),
    concurrency: integer('--concurrency', given.text('concurrency') ?? '', 1, MAX_CONCURRENCY),
  }
}

function profileFrom(text: string | undefined): Profile | undefined {
  if (text === undefined || text === 'core' || text === 's2-lite' || text === 'hosted') return text
  throw new UsageError(`--profile is core, s2-lite or hosted, not "${text}"`)
}

function limit(given: Given, key: keyof Budget, name: string): Budget {
  const text = given.text(name)
  return text === undefined ? {} : { [key]: integer(`--${name}`, text, 1, Number.MAX_SAFE_INTEGER) }
}

export function integer(name: string, text: string, least: number, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw new UsageError(`${name} is a whole number from ${least} to ${most}, not "${text}"`)
}
