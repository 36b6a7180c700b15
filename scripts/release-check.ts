/**
 * Names what the owner has to fill in before a release, and exits with 1 while something is missing. `npm publish` runs it.
 * CONTRIBUTING.md explains each part.
 */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

/** Fields of package.json that only the owner knows. Provenance needs `repository`. */
const OWNER_FIELDS = ['repository', 'homepage', 'bugs', 'author'] as const

export interface ReleaseFiles {
  /** Text of package.json. */
  readonly manifest: string
  /** Text of CHANGELOG.md. */
  readonly changelog: string
  /** Text of SECURITY.md. */
  readonly security: string
}

/** Returns what is missing, one sentence each. */
export function missingForRelease({ manifest, changelog, security }: ReleaseFiles): readonly string[] {
  const fields: Readonly<Record<string, unknown>> = JSON.parse(manifest)
  const version = String(fields.version)
  const first = changelog.split('\n').find((line) => line.startsWith('## ')) ?? ''
  const [, released] = /^## \[([^\]]+)\] - \d{4}-\d{2}-\d{2}$/.exec(first) ?? []
  return [
    ...OWNER_FIELDS.filter((name) => !fields[name]).map((name) => `package.json has no "${name}"`),
    ...(released === version ? [] : [`the first section of CHANGELOG.md is not ${version} with a date`]),
    ...(/https:|@/.test(security) ? [] : ['SECURITY.md has no address for reports']),
  ]
}

if (import.meta.main) {
  const textOf = (file: string): string => readFileSync(resolve(import.meta.dirname, '..', file), 'utf8')
  const missing = missingForRelease({
    manifest: textOf('package.json'),
    changelog: textOf('CHANGELOG.md'),
    security: textOf('SECURITY.md'),
  })
  for (const what of missing) process.stderr.write(`release: ${what}\n`)
  process.exitCode = missing.length === 0 ? 0 : 1
}
