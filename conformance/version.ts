import { existsSync, readFileSync } from 'node:fs'

/** Of the package, from its manifest: one folder up in the sources, two in what is published. */
export const VERSION: string = readVersion()

function readVersion(): string {
  const manifest = ['../package.json', '../../package.json']
    .map((path) => new URL(path, import.meta.url))
    .find((url) => existsSync(url))
  const json: unknown = manifest === undefined ? undefined : JSON.parse(readFileSync(manifest, 'utf8'))
  const isObject = typeof json === 'object' && json !== null && 'version' in json
  return isObject ? String(json.version) : 'unknown'
}
