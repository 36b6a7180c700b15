/**
 * Wears the reference server out in every way there is, with many clients and the bounds that it has by default, and
 * prints for each what it did: `npm run verify -- exhaust [PART OF A NAME]`. Ends with `N passed, N failed`.
 */
import { abuses } from './abuses.ts'
import { Judge } from './judge.ts'
import { complaintsAbout, describeFinding } from './table.ts'

const [part = ''] = process.argv.slice(2)
const judge = new Judge({ many: true, undisturbedMs: 1000 })
let failed = 0
const chosen = abuses.filter(({ name }) => name.includes(part))
for (const abuse of chosen) {
  const finding = await judge.judge(abuse)
  const complaints = complaintsAbout(finding, true)
  if (complaints.length > 0) failed++
  const marks = complaints.map((complaint) => `\n    FAILED: ${complaint}`)
  process.stdout.write(`${describeFinding(finding)}${marks.join('')}\n`)
}
await judge.close()
process.stdout.write(`\n${chosen.length - failed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 ? 0 : 1
