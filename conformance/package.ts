import { existsSync } from 'node:fs'

/** The folder of the package: one up from the sources, two from what is built of them. */
export const PACKAGE_ROOT: URL = findRoot()

function findRoot(): URL {
  const root = ['../', '../../']
    .map((path) => new URL(path, import.meta.url))
    .find((folder) => existsSync(new URL('package.json', folder)))
  if (root === undefined) throw new Error(`no package.json was found above ${import.meta.url}`)
  return root
}
