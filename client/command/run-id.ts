import { randomInt } from 'node:crypto'

const CHARACTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** Stands in every name that a run makes; apart from the seed, since two runs with one seed must not meet. */
export const newRunId = (): string =>
  Array.from({ length: 10 }, () => CHARACTERS[randomInt(CHARACTERS.length)]).join('')
