import { expect, test } from 'vitest'
import { SERVICE_OPTIONS } from '../../client/command/service-options.ts'
import { TARGET_OPTIONS } from '../../client/command/target-options.ts'
import { play } from '../testing/play.ts'
import { durability } from './durability.ts'
import { history } from './history.ts'
import { replay } from './replay.ts'
import { REPORT_OPTIONS } from './report-options.ts'
import { run } from './run.ts'

test.each([
  ['which server it is', TARGET_OPTIONS, [run, replay, history, durability]],
  ['how a service is asked', SERVICE_OPTIONS, [run, replay, history]],
  ['reports', REPORT_OPTIONS, [run, replay, durability]],
])('options on %s are the same in all commands that take them', (_what, options, commands) => {
  for (const command of commands) expect(command.options).toEqual(expect.arrayContaining([...options]))
})

const LAUNCH = ['--launch', 'nothing-of-the-kind {port}']
const HERE = '--resolve is for a server that --endpoint names: one that is started here is asked where it is'
const WHOSE = '--basin uses a basin that is there: say with --endpoint or --launch on which server'

test.each([
  ['run', ['--resolve', 'a:1:b', ...LAUNCH], HERE],
  ['run', ['--resolve', '*:8080:127.0.0.1'], HERE],
  ['run', ['--basin', 'theirs'], WHOSE],
  ['run', ['--max-requests', '0'], '--max-requests is a whole number from 1 to 9007199254740991, not "0"'],
  ['history', ['--resolve', 'a:1:b', ...LAUNCH], HERE],
  ['history', ['--resolve', 'a', '--endpoint', 'http://a.example'], '--resolve is HOST:PORT:ADDR, such as'],
  ['history', ['--basin', 'theirs'], WHOSE],
  ['history', ['--max-bytes', 'much'], '--max-bytes is a whole number from 1'],
  ['run', ['--max-seconds', '0'], '--max-seconds is a whole number from 1 to 1000000, not "0"'],
  ['history', ['--max-seconds', '1.5'], '--max-seconds is a whole number from 1 to 1000000, not "1.5"'],
  ['durability', ['--max-seconds', '1m'], '--max-seconds is a whole number from 1 to 1000000, not "1m"'],
  ['replay', ['f', '--max-seconds', '2000000'], '--max-seconds is a whole number from 1 to 1000000'],
  ['durability', ['--endpoint', 'http://a.example'], 'durability needs a server that it can kill'],
  ['durability', [...LAUNCH, '--basin', 'theirs'], '--basin is not an option of durability'],
  ['durability', [...LAUNCH, '--json', '/no/such/folder/x.json'], '--json: the file /no/such/folder/x.json'],
  ['durability', [...LAUNCH, '--stable'], '--stable is about report files: ask for one, such as --json FILE'],
  ['run', ['--stable', '--endpoint', 'http://127.0.0.1:1'], '--stable is about report files'],
])('%s %j makes no sense, and it says why', async (command, args, sentence) => {
  const played = await play([command, ...args])
  expect(played).toMatchObject({ code: 2, out: '', err: expect.stringContaining(sentence) })
})

test('a server whose endpoints come from the environment cannot be killed either', async () => {
  const env = { S2_ACCOUNT_ENDPOINT: 'http://a.example', S2_BASIN_ENDPOINT: 'http://b.example' }
  const played = await play(['durability'], { env })
  expect(played).toMatchObject({
    code: 2,
    err: expect.stringContaining('durability needs a server that it can kill'),
  })
})
