import type { Given, Option } from './command.ts'
import { wholeNumber } from './whole-number.ts'

export const SEED_OPTION: Option = {
  name: 'seed',
  value: 'N',
  help: 'repeat the order and the random choices of an earlier run',
}

export const MAX_SEED: number = 2 ** 32 - 1

/** Undefined where chance is to choose. Throws `UsageError`. */
export function seedFrom(given: Given): number | undefined {
  const text = given.text('seed')
  return text === undefined ? undefined : wholeNumber('--seed', text, 0, MAX_SEED)
}
