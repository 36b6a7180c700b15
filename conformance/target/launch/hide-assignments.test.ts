import { expect, test } from 'vitest'
import { assignedSecrets, hideAssignments } from './hide-assignments.ts'

test.each([
  ['env S2_ROOT_TOKEN=abc node x --port {port}', 'env S2_ROOT_TOKEN=… node x --port {port}', ['abc']],
  [
    'env TOKEN=\'a b\' AWS_SECRET_ACCESS_KEY="c\\"d" x',
    'env TOKEN=… AWS_SECRET_ACCESS_KEY=… x',
    ['a b', 'c"d'],
  ],
  ["PASSWORD=a\\ b'c d' x; API_KEY=e", 'PASSWORD=… x; API_KEY=…', ['a bc d', 'e']],
  ['x --access-token=abc --db-password=d', 'x --access-token=… --db-password=…', ['abc', 'd']],
  ['docker run -e S2_ROOT_TOKEN=abc s2', 'docker run -e S2_ROOT_TOKEN=… s2', ['abc']],
  ['env S2_ROOT_TOKEN=$S2_ACCESS_TOKEN x', 'env S2_ROOT_TOKEN=$S2_ACCESS_TOKEN x', []],
  [
    'env TOKEN_FILE=/x KEYBOARD=de MONKEY=y PORT={port} x',
    'env TOKEN_FILE=/x KEYBOARD=de MONKEY=y PORT={port} x',
    [],
  ],
])('%s is shown without its secrets', (command, shown, secrets) => {
  expect(hideAssignments(command)).toBe(shown)
  expect(assignedSecrets(command)).toEqual(secrets)
})
