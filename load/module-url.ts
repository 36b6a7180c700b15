import { existsSync } from 'node:fs'

/** Of a module by its name without an ending: in the repository its source as it is, as a package its build. */
export function moduleUrl(name: string, base: string): URL {
  const source = new URL(`${name}.ts`, base)
  return existsSync(source) ? source : new URL(`${name}.js`, base)
}
