import { existsSync, readFileSync } from 'node:fs'

/** Of the package, from its manifest: above the sources, or a folder further up from what is built of them. */
export function packageVersion(): string {
  const manifest = ['../../package.json', '../../../package.json']
    .map((path) => new URL(path, import.meta.url))
    .find((file) => existsSync(file))
  if (manifest === undefined) throw new Error(`no package.json was found above ${import.meta.url}`)
  const { version } = Object(JSON.parse(readFileSync(manifest, 'utf8')))
  return String(version)
}
