import { expect, test } from 'vitest'
import { nearest } from './nearest.ts'

const NAMES = ['run', 'replay', 'duration', 'quick', 'endpoint', 'basin-endpoint', 'a', 'b', 'max-bytes']

test.each([
  ['runn', 'run'],
  ['rnu', 'run'],
  ['qick', 'quick'],
  ['duraiton', 'duration'],
  ['durration', 'duration'],
  ['dur', 'duration'],
  ['end-point', 'endpoint'],
  ['max-byte', 'max-bytes'],
])('"%s" is near to %s', (word, name) => {
  expect(nearest(word, NAMES)).toBe(name)
})

test.each(['', 'x', 'p', 'nope', 'judge', 'list', 'something-else'])('"%s" is near to none', (word) => {
  expect(nearest(word, NAMES)).toBeUndefined()
})
