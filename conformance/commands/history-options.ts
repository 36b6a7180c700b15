import { randomInt } from 'node:crypto'
import type { Given, Option } from '../cli/command.ts'
import { WORKLOADS, type Workload } from '../history/workloads.ts'
import { UsageError } from '../usage-error.ts'
import { OUTPUT_OPTIONS } from './history-output-options.ts'
import { RUN_OPTIONS } from './run-options.ts'

const TARGET_OPTIONS = ['endpoint', 'account-endpoint', 'basin-endpoint', 'token-file', 'launch', 'container']

export const HISTORY_OPTIONS: readonly Option[] = [
  ...RUN_OPTIONS.filter(({ name }) => TARGET_OPTIONS.includes(name)),
  {
    name: 'workload',
    value: Object.keys(WORKLOADS).join('|'),
    default: 'mixed',
    help: 'what the clients do most',
  },
  { name: 'clients', value: 'N', default: '8', help: 'how many there are, beside those that follow' },
  { name: 'ops', value: 'N', default: '100', help: 'how many operations each of them does' },
  { name: 'seed', value: 'N', help: 'repeat the choices of an earlier run, of clients and of faults' },
  { name: 'out', value: 'FILE', help: 'write the history there, for check-history' },
  ...OUTPUT_OPTIONS,
]

export interface HistorySettings {
  readonly name: string
  readonly workload: Workload
  readonly clients: number
  readonly operations: number
  readonly seed: number
}

/** Throws `UsageError`. */
export function historySettings(given: Given): HistorySettings {
  const name = given.text('workload') ?? ''
  const workload = WORKLOADS[name]
  if (workload === undefined)
    throw new UsageError(`--workload is one of ${Object.keys(WORKLOADS).join(', ')}, not "${name}"`)
  const seed = given.text('seed')
  return {
    name,
    workload,
    clients: whole('--clients', given.text('clients'), 2, 1000),
    operations: whole('--ops', given.text('ops'), 1, 1_000_000),
    seed: seed === undefined ? randomInt(2 ** 32) : whole('--seed', seed, 0, 2 ** 32 - 1),
  }
}

function whole(name: string, text = '', least: number, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw new UsageError(`${name} is a whole number from ${least} to ${most}, not "${text}"`)
}
