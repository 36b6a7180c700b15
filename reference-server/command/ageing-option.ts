import type { Given } from '../../kit/cli/command.ts'
import { UsageError } from '../../kit/usage-error.ts'
import { DEFAULT_OPTIONS } from '../backend/options.ts'

/** How soon what has aged goes away. Milliseconds. */
export interface Ageing {
  readonly sweepInterval: number
  readonly deleteOnEmptyGrace: number
}

/** What `--sweep-interval` and `--delete-on-empty-grace` say. Throws `UsageError`. */
export function parseAgeing(given: Given): Ageing {
  const { sweepInterval, deleteOnEmptyGrace } = DEFAULT_OPTIONS
  return {
    sweepInterval: seconds(given, 'sweep-interval', sweepInterval),
    deleteOnEmptyGrace: seconds(given, 'delete-on-empty-grace', deleteOnEmptyGrace),
  }
}

function seconds(given: Given, name: string, usual: number): number {
  const text = given.text(name)
  if (text === undefined) return usual
  if (/^\d{1,9}(\.\d{1,3})?$/.test(text)) return Math.round(Number(text) * 1000)
  throw new UsageError(`--${name} is a number of seconds such as 10 or 0.5, not "${text}"`)
}
