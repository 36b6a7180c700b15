import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'

/** The root of the repository. */
export const ROOT: string = join(import.meta.dirname, '../../..')

/** A piece of source text and where it is. */
export interface Excerpt {
  /** From the root of the repository. */
  readonly file: string
  readonly line: number
  readonly text: string
}

/**
 * A requirement as the formatter leaves it: a call that is an entry of a list, on one line or up to the first
 * parenthesis that closes at its column.
 */
const REQUIREMENT = /^( *)(?:requirement|onStream)\(\s*'([A-Z0-9-]+)',(?:.*\),|[\s\S]*?^\1\S*\),)$/gm

/** The source text of each check, by the id of its row. */
export async function checkTexts(): Promise<ReadonlyMap<string, Excerpt>> {
  const texts = new Map<string, Excerpt>()
  for (const folder of ['conformance/requirements', 'conformance/model']) {
    for (const file of await sourcesIn(folder)) {
      const text = await readFile(join(ROOT, file), 'utf8')
      for (const match of text.matchAll(REQUIREMENT)) {
        const [excerpt, , id = ''] = match
        texts.set(id, { file, line: lineAt(text, match.index), text: excerpt })
      }
    }
  }
  return texts
}

/** Source files below a folder, tests and their helpers left out. */
export async function sourcesIn(folder: string): Promise<readonly string[]> {
  const files = await readdir(join(ROOT, folder), { recursive: true })
  return files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('testing/'))
    .map((file) => relative(ROOT, join(ROOT, folder, file)))
    .toSorted()
}

export const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length

export const readSource = (file: string): Promise<string> => readFile(join(ROOT, file), 'utf8')
