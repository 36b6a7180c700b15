import { randomInt } from 'node:crypto'
import { SERVICE_OPTIONS } from '../../client/command/service-options.ts'
import { TARGET_OPTIONS } from '../../client/command/target-options.ts'
import type { Given, Option } from '../../kit/cli/command.ts'
import { CONFIG_OPTION } from '../../kit/cli/config-file.ts'
import { SEED_OPTION, seedFrom } from '../../kit/cli/seed.ts'
import { TIME_LIMIT_OPTION } from '../../kit/cli/time-limit.ts'
import { wholeNumber } from '../../kit/cli/whole-number.ts'
import { UsageError } from '../../kit/usage-error.ts'
import { WORKLOADS, type Workload } from '../history/workloads.ts'
import { OUTPUT_OPTIONS } from './history-output-options.ts'

export const HISTORY_OPTIONS: readonly Option[] = [
  ...TARGET_OPTIONS,
  CONFIG_OPTION,
  TIME_LIMIT_OPTION,
  ...SERVICE_OPTIONS,
  {
    name: 'workload',
    value: Object.keys(WORKLOADS).join('|'),
    default: 'mixed',
    help: 'what the clients do most',
  },
  { name: 'clients', value: 'N', default: '8', help: 'clients, beside those that follow' },
  { name: 'ops', value: 'N', default: '100', help: 'operations per client' },
  { ...SEED_OPTION, help: 'repeat the choices of an earlier run, of clients and of faults' },
  { name: 'out', value: 'FILE', isOutput: true, help: 'write the history there, for check-history' },
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
  return {
    name,
    workload,
    clients: wholeNumber('--clients', given.text('clients') ?? '', 2, 1000),
    operations: wholeNumber('--ops', given.text('ops') ?? '', 1, 1_000_000),
    seed: seedFrom(given) ?? randomInt(2 ** 32),
  }
}
