import { ClassicLevel } from 'classic-level'
import type { Level } from './format.ts'

/** Opens a LevelDB. There is no other way to have one: a new `ClassicLevel` opens itself, whatever becomes of its directory. */
export async function openLevel(
  directory: string,
  { createIfMissing = true }: { readonly createIfMissing?: boolean } = {},
): Promise<Level> {
  const level: Level = new ClassicLevel(directory, {
    keyEncoding: 'view',
    valueEncoding: 'view',
    createIfMissing,
  })
  await level.open()
  return level
}

/** Says why LevelDB could not be opened: abstract-level says only that it failed, and its cause says why. */
export function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  if (!(cause instanceof Error)) return String(cause)
  return 'code' in cause && cause.code === 'LEVEL_LOCKED' ? 'another process uses it' : cause.message
}
