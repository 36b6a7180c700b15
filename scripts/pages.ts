import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')

/** Written by programs, whose own tests hold what they say. */
const isGenerated = (page: string): boolean =>
  /^reports\/published\/(?:load\/.*|load(?:-gate)?\.md|defects\.md)$/.test(page)

/** Where nothing of ours is: hidden folders, dependencies, what is built. */
const isForeign = (name: string): boolean =>
  name.startsWith('.') || name === 'node_modules' || name === 'dist'

function pagesIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory()) return isForeign(entry.name) ? [] : pagesIn(path)
    return path.endsWith('.md') ? [path] : []
  })
}

/** Every page of Markdown of this repository, as its path from the root. */
export const allPages: readonly string[] = pagesIn('').toSorted()

/** Pages of the site, whose links lead to other pages of it; a test of the site follows them. */
const isOfTheSite = (page: string): boolean => /^conformance\/spec\/(?:concepts|patterns\/texts)\//.test(page)

/** Those that people write and read in the repository. */
export const writtenPages: readonly string[] = allPages.filter(
  (page) => !isGenerated(page) && !isOfTheSite(page),
)
