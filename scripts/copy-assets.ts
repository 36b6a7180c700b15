/** The last step of `npm run build`: what `tsc` does not emit but the built files import or read. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { readExamples } from '../conformance/spec/capture/example-files.ts'
import { buildVectors } from '../conformance/spec/vectors/build-vectors.ts'

const root = resolve(import.meta.dirname, '..')

const ASSETS = [
  'proto/generated',
  'conformance/expectations',
  'conformance/cli/config.schema.json',
  'reports/report.schema.json',
  'reports/load/load.schema.json',
  'reports/load/comparison.schema.json',
  'reports/load/capacity.schema.json',
]

for (const path of ASSETS) {
  cpSync(resolve(root, path), resolve(root, 'dist', path), { recursive: true })
}

for (const { path, text } of await buildVectors(await readExamples())) {
  const file = resolve(root, 'dist/vectors', path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
