import { existsSync, readFileSync } from 'node:fs'

/** Returns the version in the manifest of the package, which is above `dist/`, or two folders above this source. */
export function packageVersion(): string {
  const manifest = ['../package.json', '../../package.json']
    .map((path) => new URL(path, import.meta.url))
    .find((file) => existsSync(file))
  if (manifest === undefined) throw new Error(`no package.json was found above ${import.meta.url}`)
  const { version } = Object(JSON.parse(readFileSync(manifest, 'utf8')))
  return String(version)
}
