import { type Given, type Io, inGroup, type Option } from '../../kit/cli/command.ts'
import { wholeNumber } from '../../kit/cli/whole-number.ts'
import { UsageError } from '../../kit/usage-error.ts'
import type { Budget } from '../wire/meter.ts'
import { type HttpProxy, proxyFrom } from '../wire/proxy.ts'
import { parseResolution, type Resolution } from '../wire/resolve.ts'
import type { Wire } from '../wire/wire.ts'
import { optionWords } from './option-words.ts'
import type { TargetPlan } from './plan-target.ts'

/** For a service that others use and somebody pays for. */
export const SERVICE_OPTIONS: readonly Option[] = inGroup('Requests to the server', [
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
])

/** How it is reached, and what it lets be done to it. */
export interface Service {
  readonly budget: Budget
  /** One that is there already. */
  readonly basin?: string
  readonly resolutions: readonly Resolution[]
  /** See `Manner`. */
  readonly proxyFor?: (origin: string) => HttpProxy | undefined
  /** The options that say so on a command line; a budget is one run's own. */
  readonly options: string
  /** See `Manner`. */
  readonly bound?: (wire: Wire) => Wire
}

/** That of whoever may ask as much as he likes, and where the names say that it is. */
export const UNLIMITED: Service = { budget: {}, resolutions: [], options: '' }

/** Throws `UsageError` where no server is named that could have it. */
export function basinFrom(given: Given, { isEmbedded }: Pick<TargetPlan, 'isEmbedded'>): string | undefined {
  const basin = given.text('basin')
  if (basin !== undefined && isEmbedded) {
    throw new UsageError(
      '--basin uses a basin that is there: say with --endpoint or --launch on which server',
    )
  }
  return basin
}

/** Throws `UsageError`. */
export function serviceFrom(
  given: Given,
  target: Pick<TargetPlan, 'isEmbedded' | 'isAttached'>,
  env: Io['env'],
): Service {
  const basin = basinFrom(given, target)
  const resolutions = given.all('resolve').map(parseResolution)
  if (resolutions.length > 0 && !target.isAttached) {
    throw new UsageError(
      '--resolve is for a server that --endpoint names: one that is started here is asked where it is',
    )
  }
  return {
    resolutions,
    proxyFor: (origin) => proxyFrom(env, origin),
    options: optionWords(given, ['resolve', 'basin']).join(' '),
    budget: {
      ...limit(given, 'requests', 'max-requests'),
      ...limit(given, 'bytes', 'max-bytes'),
    },
    ...(basin !== undefined && { basin }),
  }
}

function limit(given: Given, key: keyof Budget, name: string): Budget {
  const text = given.text(name)
  return text === undefined ? {} : { [key]: wholeNumber(`--${name}`, text, 1, Number.MAX_SAFE_INTEGER) }
}
