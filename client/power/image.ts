import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Directory, Disk, Names } from './disk.ts'

/** What a power cut loses. */
export interface Loss {
  /** Bytes of files that had been written, or whose name had been made, and not been synced. */
  readonly bytes: number
  readonly names: number
}

/** Puts in place of `directory` what would be there after a power cut. */
export async function writeImage(disk: Disk, names: Names, directory: string): Promise<Loss> {
  await rm(directory, { recursive: true, force: true })
  await writeDirectory(disk.root, names, directory)
  return lossOf(disk.root, names)
}

async function writeDirectory(node: Directory, names: Names, path: string): Promise<void> {
  await mkdir(path)
  for (const [name, entry] of node.kept[names]) {
    const inside = join(path, name)
    if (entry.kind === 'directory') await writeDirectory(entry, names, inside)
    else await writeFile(inside, entry.kept.bytes)
  }
}

/** Of what can still be seen: what has been deleted is no loss. */
function lossOf(node: Directory, names: Names, isThere: boolean = true): Loss {
  let bytes = 0
  let lost = 0
  for (const [name, entry] of node.entries) {
    const isKept = isThere && node.kept[names].get(name) === entry
    if (!isKept) lost++
    if (entry.kind === 'directory') {
      const inside = lossOf(entry, names, isKept)
      bytes += inside.bytes
      lost += inside.names
    } else {
      bytes += isKept ? Math.max(entry.size - entry.kept.bytes.length, 0) : entry.size
    }
  }
  return { bytes, names: lost }
}
