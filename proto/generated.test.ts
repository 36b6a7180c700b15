import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { generateProto } from '../scripts/generate-proto.ts'

test('proto/generated is what `node scripts/generate-proto.ts` makes of s2.proto', () => {
  const fresh = mkdtempSync(join(tmpdir(), 's2-proto-'))
  onTestFinished(() => rmSync(fresh, { recursive: true }))
  generateProto(fresh)
  for (const file of ['s2.js', 's2.d.ts']) {
    const committed = readFileSync(join(import.meta.dirname, 'generated', file), 'utf8')
    expect(
      committed === readFileSync(join(fresh, file), 'utf8'),
      `${file} is stale: run \`npm run proto\``,
    ).toBe(true)
  }
})
