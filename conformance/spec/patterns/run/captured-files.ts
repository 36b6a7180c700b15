import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CapturedStep } from '../captured-step.ts'
import { PATTERN_SLUGS } from '../slugs.ts'

const FOLDER = join(import.meta.dirname, '../captured')

const fileOf = (slug: string): string => join(FOLDER, `${slug}.json`)

/** The committed steps of each pattern, by its slug. */
export async function readCaptured(): Promise<ReadonlyMap<string, readonly CapturedStep[]>> {
  const entries = PATTERN_SLUGS.map(async (slug): Promise<readonly [string, readonly CapturedStep[]]> => {
    // Written by `writeCaptured`, and compared with a run by a test.
    const steps = JSON.parse(await readFile(fileOf(slug), 'utf8')) as readonly CapturedStep[]
    return [slug, steps]
  })
  return new Map(await Promise.all(entries))
}

/** Replaces the committed steps of a pattern. */
export async function writeCaptured(slug: string, steps: readonly CapturedStep[]): Promise<void> {
  await mkdir(FOLDER, { recursive: true })
  await writeFile(fileOf(slug), `${JSON.stringify(steps, null, 1)}\n`)
}
