/** The last step of `npm run build`: what `tsc` does not emit but the built files import or read. */
import { cpSync } from 'node:fs'
import { resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')

const ASSETS = [
  'proto/generated',
  'conformance/expectations',
  'reports/report.schema.json',
  'reports/load/load.schema.json',
  'reports/load/comparison.schema.json',
  'reports/load/capacity.schema.json',
]

for (const path of ASSETS) {
  cpSync(resolve(root, path), resolve(root, 'dist', path), { recursive: true })
}
