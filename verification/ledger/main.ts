/** `npm run verify -- ledger`: takes the verdicts of the published runs up into the ledger that `list --coverage` prints. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { keepVerdicts, PUBLISHED } from '../../conformance/catalogue/judged.ts'

const root = resolve(import.meta.dirname, '../..')

const runs = PUBLISHED.map(([file, name]) =>
  keepVerdicts(name, JSON.parse(readFileSync(join(root, `reports/published/${file}.json`), 'utf8'))),
)
writeFileSync(join(root, 'conformance/catalogue/judged.json'), `${JSON.stringify(runs, undefined, 2)}\n`)
