import { optionWords } from '../../client/command/option-words.ts'
import type { Service } from '../../client/command/service-options.ts'
import { type Given, inGroup, type Option } from '../../kit/cli/command.ts'
import { SEED_OPTION, seedFrom } from '../../kit/cli/seed.ts'
import { wholeNumber } from '../../kit/cli/whole-number.ts'
import { UsageError } from '../../kit/usage-error.ts'
import type { Choice, Profile } from '../run/selection.ts'

const MAX_CONCURRENCY = 256

/** The limits of `--quick`, ten times what a healthy server needs: a busy machine must not reach them. */
export const QUICK: { readonly seconds: number; readonly bytes: number } = {
  seconds: 60,
  bytes: 256 * 2 ** 20,
}

/** How much of each selected row is checked. `quick` checks the first transport, `all` generates many cases. */
export const breadthOf = (
  time: Choice['time'],
): { readonly firstTransportOnly: boolean; readonly thorough: boolean } => ({
  firstTransportOnly: time === 'quick',
  thorough: time === 'all',
})

/** Returns the service with the budget of `--quick` where the caller set none. */
export const withQuickBudget = (service: Service, time: Choice['time']): Service =>
  time === 'quick' ? { ...service, budget: { bytes: QUICK.bytes, ...service.budget } } : service

/** Which rows a run judges, and how. */
export const RUN_OPTIONS: readonly Option[] = inGroup('What is judged', [
  {
    name: 'profile',
    value: 'core|s2-lite|hosted',
    help: 'which rows are judged: core unless told, core and lite where no server is named',
  },
  {
    name: 'expect',
    value: 'FILE|none',
    help: 'forgive the divergences listed there, or none, instead of those of the profile',
  },
  {
    name: 'only',
    value: 'GLOB',
    multiple: true,
    help: 'only these requirements; may be given more than once',
  },
  SEED_OPTION,
  { name: 'concurrency', value: 'N', default: '16', help: 'checks that run at a time' },
  {
    name: 'quick',
    help: `a first look in seconds: nothing that waits or asks much, one transport for each row; ends after ${QUICK.seconds} s or ${QUICK.bytes / 2 ** 20} MiB unless --max-seconds or --max-bytes is given`,
  },
  {
    name: 'progress',
    help: 'print failures as they come, and every 10 s how far the run is, where stderr is not a terminal',
  },
  { name: 'all', help: 'also what takes 15 seconds and more' },
  {
    name: 'allow-account-changes',
    help: 'also rows that change what the whole account sees, one at a time, and put it back',
  },
  {
    name: 'dry-run',
    help: 'say what the run would judge and about what it would ask of the target, and end',
  },
])

export interface RunSettings {
  readonly profile: Profile | undefined
  readonly only: readonly string[]
  readonly time: Choice['time']
  readonly accountChanges: boolean
  readonly seed: number | undefined
  readonly concurrency: number
}

/** What was chosen of these that a verdict depends on, as a shell takes it: a row that is judged again needs the same. */
export const choiceWords = (given: Given): string =>
  [
    ...optionWords(given, ['profile', 'expect']),
    ...['all', 'allow-account-changes'].filter((name) => given.flag(name)).map((name) => `--${name}`),
  ].join(' ')

/** Throws `UsageError`. */
export function settingsFrom(given: Given): RunSettings {
  const server = given.operands.find((operand) => operand.includes('://'))
  if (server !== undefined) {
    throw new UsageError(`"${server}" is no requirement: give a server with --endpoint`)
  }
  if (given.flag('quick') && given.flag('all')) throw new UsageError('--quick and --all exclude each other')
  return {
    profile: profileFrom(given.text('profile')),
    only: [...given.all('only'), ...given.operands],
    time: given.flag('quick') ? 'quick' : given.flag('all') ? 'all' : 'default',
    accountChanges: given.flag('allow-account-changes'),
    seed: seedFrom(given),
    concurrency: wholeNumber('--concurrency', given.text('concurrency') ?? '', 1, MAX_CONCURRENCY),
  }
}

function profileFrom(text: string | undefined): Profile | undefined {
  if (text === undefined || text === 'core' || text === 's2-lite' || text === 'hosted') return text
  throw new UsageError(`--profile is core, s2-lite or hosted, not "${text}"`)
}
