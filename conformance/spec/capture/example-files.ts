import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Example } from './example.ts'

const FOLDER = join(import.meta.dirname, '../examples')

/** The committed examples, in the order of their ids. */
export async function readExamples(): Promise<readonly Example[]> {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.json')).toSorted()
  const texts = await Promise.all(files.map((file) => readFile(join(FOLDER, file), 'utf8')))
  // Written by `writeExamples`, and compared with a run by a test.
  return texts.flatMap((text) => JSON.parse(text) as readonly Example[])
}

/** One file for each area, so that a change is easy to review. */
export async function writeExamples(examples: readonly Example[]): Promise<void> {
  await rm(FOLDER, { recursive: true, force: true })
  await mkdir(FOLDER, { recursive: true })
  for (const [area, ofArea] of Map.groupBy(examples, ({ id }) => areaOf(id))) {
    await writeFile(
      join(FOLDER, `${area}.json`),
      `[\n${ofArea.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`,
    )
  }
}

/** `CP-BAS` of `CP-BAS-012`. */
export const areaOf = (id: string): string => id.slice(0, id.lastIndexOf('-'))
