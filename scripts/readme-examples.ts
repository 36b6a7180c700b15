/** `node scripts/readme-examples.ts DIR`: writes the examples of the README into files that their test runners take. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export interface Example {
  readonly runner: 'vitest' | 'node:test'
  /** `vitest.test.ts` or `node.test.mts`. */
  readonly file: string
  readonly text: string
}

export function readmeExamples(): readonly Example[] {
  const readme = readFileSync(resolve(import.meta.dirname, '../README.md'), 'utf8')
  return [...readme.matchAll(/^```ts\n(.*?)^```/gms)].map(([, text = '']) =>
    text.includes("from 'vitest'")
      ? { runner: 'vitest', file: 'vitest.test.ts', text }
      : { runner: 'node:test', file: 'node.test.mts', text },
  )
}

if (import.meta.main) {
  const [directory = '.'] = process.argv.slice(2)
  mkdirSync(directory, { recursive: true })
  for (const { file, text } of readmeExamples()) writeFileSync(join(directory, file), text)
}
