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
  ['x --access-token abc --db-password "d e" y', 'x --access-token … --db-password … y', ['abc', 'd e']],
  ['x --token --port {port} --key $K', 'x --token --port {port} --key $K', []],
  ['x --tls-key key.pem --key ./k', 'x --tls-key key.pem --key ./k', []],
  ['x --token-file /x --keyboard de', 'x --token-file /x --keyboard de', []],
  ['x --db postgres://me:abc@127.0.0.1/y', 'x --db postgres://me:…@127.0.0.1/y', ['abc']],
  ['x --db postgres://me:a%2Fb@h', 'x --db postgres://me:…@h', ['a%2Fb', 'a/b']],
  ["x -H 'Authorization: Bearer abc.d='", "x -H 'Authorization: Bearer …'", ['abc.d=']],
  ['x http://127.0.0.1:{port}/a@b', 'x http://127.0.0.1:{port}/a@b', []],
  ['env DB_PASS=abc PWD=/x x', 'env DB_PASS=… PWD=/x x', ['abc']],
  [`x '{"token": "abc","port":1}'`, `x '{"token": "…","port":1}'`, ['abc']],
])('%s is shown without its secrets', (command, shown, secrets) => {
  expect(hideAssignments(command)).toBe(shown)
  expect(assignedSecrets(command)).toEqual(secrets)
})
