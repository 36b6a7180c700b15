import { createHash } from 'node:crypto'
import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Text of this many characters that no compression shortens, the same for the same seed. */
export function incompressible(seed: string, length: number): string {
  let text = ''
  for (let part = 0; text.length < length; part++)
    text += createHash('sha512').update(`${seed}/${part}`).digest('base64')
  return text.slice(0, length)
}

/**
 * Flips one bit of a letter of this text, in the file with this ending that holds it: a piece of it at least, as a file may
 * compress or divide it. Returns the name of the file.
 */
export async function damageText(directory: string, ending: string, text: string): Promise<string> {
  for (const name of await namesIn(directory)) {
    if (!name.endsWith(ending)) continue
    const at = placeOf(text, await readFile(join(directory, name)))
    if (at === undefined) continue
    await flipBit(join(directory, name), at, 1)
    return name
  }
  throw new Error(`no file *${ending} in ${directory} holds the text`)
}

function placeOf(text: string, bytes: Buffer): number | undefined {
  for (let from = 0; from + PIECE <= text.length; from++) {
    const at = bytes.indexOf(text.slice(from, from + PIECE))
    if (at >= 0) return at
  }
  return undefined
}

const PIECE = 10

export async function flipBit(path: string, at: number, bit: number): Promise<void> {
  const bytes = await readFile(path)
  bytes[at] = (bytes[at] ?? 0) ^ (1 << bit)
  await writeFile(path, bytes)
}

/** Size, mode and digest of each file, by name. */
export async function fingerprint(directory: string): Promise<Readonly<Record<string, string>>> {
  const entries = await Promise.all(
    (await namesIn(directory)).map(async (name) => {
      const bytes = await readFile(join(directory, name))
      const { mode } = await stat(join(directory, name))
      return [name, `${bytes.length} ${mode} ${createHash('sha256').update(bytes).digest('hex')}`] as const
    }),
  )
  return Object.fromEntries(entries)
}

export async function namesIn(directory: string): Promise<readonly string[]> {
  return (await readdir(directory)).sort()
}

/** Directories for one test, and copies of them. */
export class Directories implements AsyncDisposable {
  readonly #made: string[] = []

  async create(): Promise<string> {
    const path = await mkdtemp(join(tmpdir(), 's2-damage-'))
    this.#made.push(path)
    return path
  }

  async copy(directory: string): Promise<string> {
    const path = await this.create()
    await cp(directory, path, { recursive: true })
    return path
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#made.map((path) => rm(path, { recursive: true, force: true })))
  }
}
