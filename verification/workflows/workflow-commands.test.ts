import { expect, test } from 'vitest'
import { annotationCommand } from '../../kit/cli/github-commands.ts'
import { plain } from '../../kit/text/plain.ts'
import { commandsOf } from './workflow-commands.ts'

test.each([
  ['::warning::text', 'warning'],
  ['  \t::error file=a,title=b::text', 'error'],
  ['progress\r::debug::text', 'debug'],
  ['2026-12-03 ##[group]text', 'group'],
  ['::add-mask::text', 'add-mask'],
])('%j is a command for a runner of GitHub, and text once it is filtered', (line, name) => {
  expect(commandsOf(line).map((command) => command.name)).toEqual([name])
  expect(commandsOf(plain(line))).toEqual([])
})

test.each(['text ::error::text', ':error::text', '# [error]', '::error'])('%j is text', (line) => {
  expect(commandsOf(line)).toEqual([])
})

test('an annotation is one command, whatever its texts hold', () => {
  const text = '\n::warning::injected\r::warning::injected'
  const command = annotationCommand({ level: 'error', title: `TAIL-001${text}`, message: text })
  expect(command.trimEnd().split(/\r|\n/).flatMap(commandsOf)).toEqual([
    { name: 'error', title: expect.stringMatching(/^TAIL-001%0A/) },
  ])
})
