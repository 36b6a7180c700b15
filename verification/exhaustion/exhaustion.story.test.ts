import { afterAll, expect, test } from 'vitest'
import { abuses } from './abuses.ts'
import { Judge } from './judge.ts'
import { complaintsAbout, describeFinding } from './table.ts'

/*
 * Ways to wear the server out, each on a server of its own in a child process: its memory stays under a bound and comes
 * back, others are served meanwhile, and the abuser meets a clear limit. `npm run verify -- exhaust` does the same with many more
 * clients, and bounds that are those of a server by default.
 */

const judge = new Judge({ many: false, undisturbedMs: 60 })
const lines: string[] = []

afterAll(async () => {
  await judge.close()
  process.stdout.write(`${lines.join('\n')}\n`)
})

test.each(abuses.map((abuse) => [abuse.name, abuse] as const))('%s', async (_name, abuse) => {
  const finding = await judge.judge(abuse)
  lines.push(describeFinding(finding))
  expect(complaintsAbout(finding, false)).toEqual([])
})
