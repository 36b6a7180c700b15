import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startStub } from '../client/testing/stub-server.ts'
import type { Io } from '../kit/cli/command.ts'
import { createServer, type ReferenceServer } from '../reference-server/server.ts'
import { openMemoryStore } from '../reference-server/store/memory.ts'
import type { RunResult } from '../reports/result.ts'
import { type Played, play as typed } from './testing/play.ts'

let server: ReferenceServer
let endpoint: string
let folder: string

beforeAll(async () => {
  server = await createServer({ data: { store: await openMemoryStore() } })
  endpoint = await server.start()
  folder = await mkdtemp(join(tmpdir(), 's2-main-test-'))
})
afterAll(async () => {
  await server.stop()
  await rm(folder, { recursive: true })
})

const play = (args: readonly string[], more: Partial<Io> = {}): Promise<Played> =>
  typed(args, { cwd: folder, ...more })

const file = (name: string): string => join(folder, name)

async function basinsLeft(): Promise<string[]> {
  const answer = await fetch(`${endpoint}/v1/basins`)
  const { basins } = (await answer.json()) as { basins: { name: string; deleted_at: string | null }[] }
  return basins.filter(({ deleted_at }) => deleted_at === null).map(({ name }) => name)
}

describe('a run', () => {
  test('judges an endpoint, reports, and leaves nothing behind', async () => {
    await fetch(`${endpoint}/v1/basins/somebody-elses`, { method: 'PUT' })
    const report = file('report.json')
    const played = await play([
      'run',
      '--endpoint',
      endpoint,
      '--only',
      'TAIL-002',
      'TAIL-003',
      '--seed',
      '7',
      '--json',
      report,
    ])
    expect(played).toMatchObject({ code: 0, err: '' })
    expect(played.out).toMatch(
      /profile core, seed 7,.*\n.*: 2 passed, 0 failed, \d+ not selected\nCONFORMANT\n$/,
    )
    const result = JSON.parse(await readFile(report, 'utf8')) as RunResult
    expect(result).toMatchObject({ seed: 7, outcome: 'conformant', target: { profile: 'core', endpoint } })
    expect(result.target.capabilities).toEqual(expect.arrayContaining(['basins', 'http2']))
    expect(await basinsLeft()).toEqual(['somebody-elses'])
  })

  test('without an endpoint judges the reference server, started for it', async () => {
    const { code, out, err } = await play(['run', 'TAIL-002', '--quick'])
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain('profile core and lite')
    expect(out).toContain('1 passed, 0 failed')
  })

  test('that is interrupted prints what it has and cleans up', async () => {
    const stop = new AbortController()
    const played = await play(['run', '--endpoint', endpoint, '--only', 'READ-042', 'READ-051'], {
      interrupted: stop.signal,
      isInteractive: true,
      err: (text) => {
        if (/READ-/.test(text)) stop.abort()
      },
    })
    expect(played.code).toBe(3)
    expect(played.out).toContain('note      the run was interrupted: the result is partial')
    expect(played.out).toContain('INCONCLUSIVE')
    expect(await basinsLeft()).toEqual(['somebody-elses'])
  })

  test('fails for an expectation that is stale', async () => {
    const expectations = file('expectations.json')
    await writeFile(expectations, '{"entries":[{"id":"TAIL-002","reason":"it was so","version":"1"}]}')
    const played = await play(['run', '--endpoint', endpoint, '--only', 'TAIL-002', '--expect', expectations])
    expect(played.code).toBe(1)
    expect(played.out).toContain('stale     TAIL-002 passes')
  })

  test('fails for a target that is not as it should be, and forgives what was expected', async () => {
    const stub = await startStub(({ method, path }) => {
      if (method === 'POST') return { status: 201, body: '{"name":"x","created_at":"2026-01-01T00:00:00Z"}' }
      if (path.endsWith('/tail')) return { body: '{"tail":{"seq_num":1,"timestamp":0}}' }
      if (method === 'DELETE') return { status: 202 }
      return { body: '{"basins":[],"streams":[],"has_more":false}' }
    })
    const only = ['run', '--endpoint', stub.origin, '--only', 'TAIL-002']
    const failed = await play(only)
    expect(failed.code).toBe(1)
    expect(failed.out).toContain('actual    { seqNum: 1, timestamp: 0 }')
    expect(failed.out).toMatch(/^ {2}reproduce {1,4}s2-conformance run TAIL-002 --endpoint \S+ --seed \d+$/m)
    const chosen = await play([...only, '--profile', 's2-lite', '--all', '--allow-account-changes'])
    const [, again = ''] = /^ {2}reproduce {1,4}s2-conformance (.*)$/m.exec(chosen.out) ?? []
    expect(again).toMatch(/ --profile s2-lite --all --allow-account-changes --seed \d+$/)
    expect((await play(again.split(' '))).out).toContain(` ${again}\n`)
    const expectations = file('forgiving.json')
    await writeFile(
      expectations,
      '{"entries":[{"id":"TAIL-002","reason":"it counts from one","version":"1"}]}',
    )
    const forgiven = await play([...only, 'TAIL-001', '--expect', expectations])
    expect(forgiven.out).toContain('expected  TAIL-002')
    expect(forgiven.out).toContain(` --expect ${expectations} --seed `)
    await stub.close()
  })
})

describe('wrong usage is one sentence and exit code 2', () => {
  test.each([
    [
      ['judge'],
      'there is no command "judge". Commands: run, list, replay, diff, history, check-history, durability, complete; see s2-conformance --help',
    ],
    [
      ['run', 'http://127.0.0.1:8080'],
      '"http://127.0.0.1:8080" is no requirement: give a server with --endpoint',
    ],
    [['history', 'http://x'], '"http://x" is not understood: give a server with --endpoint'],
    [['runn'], 'there is no command "runn". Did you mean run? See s2-conformance --help'],
    [['run', '--nope'], '--nope is not an option of run'],
    [['run', '--qick'], '--qick is not an option of run: did you mean --quick? See --help'],
    [['run', 'NOPE-*'], 'no requirement has the id "NOPE-*"'],
    [['run', '--endpoint', 'http://a b'], '"http://a b" is not a URL'],
    [['run', '--endpoint', 'ftp://x'], 'only http:// and https://'],
    [['run', '--account-endpoint', 'http://x'], 'go together: give both'],
    [['run', '--profile', 'lite'], '--profile is core, s2-lite or hosted, not "lite"'],
    [['run', '--seed', '-1'], '--seed is a whole number'],
    [['run', '--concurrency', '0'], '--concurrency is a whole number from 1 to 256'],
    [['run', '--quick', '--all'], '--quick and --all exclude each other'],
    [['run', '--launch', 'server'], '--launch needs {port}'],
    [['run', '--launch', 'server {port}', '--endpoint', 'http://x'], 'leave out --endpoint'],
    [
      ['run', '--token-file', '/no/such/file'],
      '--token-file: /no/such/file cannot be read: no such file or directory',
    ],
    [['run', '--expect', '/no/such/file'], '/no/such/file cannot be read: no such file or directory'],
    [['run', '--json', '/no/such/folder/report.json'], 'cannot be written'],
    [['diff', 'one.json'], 'diff takes two reports'],
    [
      ['diff', '/no/such/file', '/no/such/file'],
      'the report /no/such/file cannot be read: no such file or directory',
    ],
    [['check-history', '/nope'], 'the history /nope cannot be read: no such file or directory'],
    [['check-history', import.meta.dirname], 'cannot be read: illegal operation on a directory'],
    [
      ['check-history', import.meta.filename],
      'main.story.test.ts is not a history: line 1: it is not JSON; "history --out FILE" writes one',
    ],
    [['replay', '/nope'], 'the replay file /nope cannot be read: no such file or directory'],
    [
      ['replay', import.meta.filename],
      'main.story.test.ts is not a replay file: it is not JSON; a failing PROP row keeps one in .s2-conformance/',
    ],
    [['diff', import.meta.filename, 'x'], 'is not a report: it is not JSON'],
    [['diff', 'a', 'b', '--format', 'xml'], '--format is text, markdown or json, not "xml"'],
    [['list', 'NOPE-1'], 'no row of the catalogue has the id "NOPE-1"'],
  ])('%o', async (args, sentence) => {
    const { code, out, err } = await play(args)
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(sentence)
    expect(err).toMatch(/^s2-conformance: [^\n]*\n$/)
  })
})

test('without a word the help is shown, and it is not what was asked for', async () => {
  const asked = await play(['--help'])
  expect(await play([])).toEqual({ code: 2, out: '', err: asked.out })
})

test('every report that is asked for is written', async () => {
  const names = ['json', 'html', 'junit', 'ctrf', 'markdown', 'badge']
  const files = names.flatMap((name) => [`--${name}`, file(`all.${name}`)])
  const svg = file('badge.svg')
  const { code, err } = await play([
    'run',
    '--endpoint',
    endpoint,
    '--only',
    'TAIL-002',
    '--stable',
    '--badge',
    svg,
    ...files,
  ])
  expect([code, err]).toEqual([0, ''])
  const beginnings = await Promise.all(
    [...names.map((name) => file(`all.${name}`)), svg].map(async (path) =>
      (await readFile(path, 'utf8')).slice(0, 10),
    ),
  )
  expect(beginnings).toEqual([
    '{\n  "forma',
    '<!doctype ',
    '<?xml vers',
    '{\n  "repor',
    '## ✅ Confo',
    '{"schemaVe',
    '<svg xmlns',
  ])
})

test('a report that cannot be written after all takes no verdict with it', async () => {
  const { code, out, err } = await play([
    'run',
    '--endpoint',
    endpoint,
    '--only',
    'TAIL-002',
    '--json',
    '/dev/full',
  ])
  expect(out).toContain('1 passed, 0 failed')
  expect(err).toMatch(/^s2-conformance: --json: the file \/dev\/full could not be written: ENOSPC[^\n]*\n$/)
  expect(code).toBe(3)
})

test.each([
  [[], 'core and lite'],
  [['--profile', 's2-lite'], 's2-lite'],
  [['--endpoint', 'http://127.0.0.1:1'], 'core'],
])('what %j would be judged by, --dry-run calls as the run does', async (args, name) => {
  const { code, out } = await play(['run', '--dry-run', ...args])
  expect([code, out]).toEqual([0, expect.stringContaining(`\nprofile   ${name}\n`)])
  expect(out).not.toContain('guessed')
})

test('--dry-run refuses the expectations that the run would refuse', async () => {
  for (const content of ['{', '{}', '{"entries":[{"id":"APP-999","reason":"x","version":"1"}]}']) {
    await writeFile(file('broken.json'), content)
    const { code, out, err } = await play(['run', '--dry-run', '--expect', file('broken.json')])
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain('broken.json')
  }
})

test('the list shows every row and its state', async () => {
  const { code, out } = await play(['list', 'TAIL-*'])
  expect(code).toBe(0)
  expect(out).toMatch(/^TAIL-002 +core +tested +/m)
  expect(out).toMatch(/\d+ rows: .*tested/)
  expect((await play(['list', '--only', 'TAIL-*'])).out).toBe(out)
  const { out: json } = await play(['list', 'TAIL-002', '--json'])
  expect(JSON.parse(json)).toMatchObject([{ id: 'TAIL-002', state: 'tested', level: 'MUST' }])
})

describe('diff', () => {
  const report = async (name: string, verdict: string): Promise<string> => {
    const results = [{ id: 'APP-001', title: 'One', verdict, reason: verdict === 'pass' ? '' : 'why' }]
    await writeFile(file(name), JSON.stringify({ results }))
    return file(name)
  }
  test.each([
    ['pass', 'pass', 0, 'NO WORSE'],
    ['fail', 'pass', 0, 'NO WORSE'],
    ['pass', 'fail', 1, 'WORSE'],
    ['pass', 'inconclusive', 3, 'NOT KNOWN'],
  ])('from %s to %s', async (before, after, code, last) => {
    const played = await play(['diff', await report('old.json', before), await report('new.json', after)])
    expect(played).toMatchObject({ code, err: '' })
    expect(played.out.trim().split('\n').at(-1)).toBe(last)
  })

  test('tells it as Markdown and as JSON', async () => {
    const files = [await report('old.json', 'pass'), await report('new.json', 'fail')]
    const { out: markdown } = await play(['diff', ...files, '--format', 'markdown'])
    expect(markdown).toContain('| APP-001 One | pass → fail | why |')
    const { out: json } = await play(['diff', ...files, '--format', 'json'])
    expect(JSON.parse(json)).toMatchObject({ finding: 'worse', counts: { regressed: 1 } })
  })
})

test.each([['--help'], ['run', '--help'], ['list', '-h'], ['--version']])('%s %s', async (...args) => {
  const { code, out, err } = await play(args.filter((arg) => arg !== undefined))
  expect([code, err]).toEqual([0, ''])
  expect(out.length).toBeGreaterThan(4)
})

test('a quick run calls no expectation stale', async () => {
  const expectations = file('quick.json')
  await writeFile(expectations, '{"entries":[{"id":"TAIL-003","reason":"fails over s2s","version":"1"}]}')
  const { code, out } = await play([
    'run',
    '--endpoint',
    endpoint,
    '--only',
    'TAIL-003',
    '--quick',
    '--expect',
    expectations,
  ])
  expect([code, out.includes('stale')]).toEqual([0, false])
})
