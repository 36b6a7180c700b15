import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const FILE = join(import.meta.dirname, 'open.json')

/**
 * Alterations that are known to go unnoticed and ought not to: requirements to be mended. One that is noticed again must be
 * taken off the list, and none may be added but by hand.
 */
export function readOpen(): readonly string[] {
  const list: unknown = JSON.parse(readFileSync(FILE, 'utf8'))
  if (!Array.isArray(list) || !list.every((each) => typeof each === 'string')) {
    throw new TypeError(`${FILE} is no list of strings`)
  }
  return list
}

export const writeOpen = (list: readonly string[]): void =>
  writeFileSync(FILE, `${JSON.stringify([...new Set(list)].toSorted(), undefined, 2)}\n`)
