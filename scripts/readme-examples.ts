/**
 * `node scripts/readme-examples.ts DIR`: writes the examples of all pages into files that their test runners take. An
 * example imports something; other pieces of TypeScript are shown, not run.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { writtenPages } from './pages.ts'

export interface Example {
  readonly runner: 'vitest' | 'node:test'
  /** `vitest.test.ts`, `node.test.mts`; those about the suite begin with `conformance-`, others with `load-` and `fixture-`. */
  readonly file: string
  readonly text: string
}

export function readmeExamples(): readonly Example[] {
  return writtenPages.flatMap((page) => {
    const text = readFileSync(resolve(import.meta.dirname, '..', page), 'utf8')
    const fences = [...text.matchAll(/^```ts\n(.*?)^```/gms)].map(([, fence = '']) => fence)
    return fences.filter((fence) => /^import /m.test(fence)).map(exampleOf)
  })
}

function exampleOf(text: string): Example {
  const isFixture = text.includes("from 's2-conformance/reference-server/vitest'")
  const isLoad = text.includes("from 's2-conformance/load'")
  const isSuite = /from 's2-conformance(\/vitest)?'/.test(text)
  const about = isFixture ? 'fixture-' : isLoad ? 'load-' : isSuite ? 'conformance-' : ''
  return /from '(vitest|s2-conformance\/vitest)'/.test(text)
    ? { runner: 'vitest', file: `${about}vitest.test.ts`, text }
    : { runner: 'node:test', file: `${about}node.test.mts`, text }
}

if (import.meta.main) {
  const [directory = '.'] = process.argv.slice(2)
  mkdirSync(directory, { recursive: true })
  for (const { file, text } of readmeExamples()) writeFileSync(join(directory, file), text)
}
