import { expect, test } from 'vitest'
import { annotationCommand, outputLines } from './github-commands.ts'

test('an annotation is one line, whatever its texts hold', () => {
  const command = annotationCommand({
    level: 'error',
    title: 'APP-001: 50 %, two\r\nlines',
    message: 'first\r\n::error::second, 100 %',
  })
  expect(command).toBe(
    '::error title=APP-001%3A 50 %25%2C two%0D%0Alines::first%0D%0A::error::second, 100 %25\n',
  )
})

test('an escape that is in the text stays text', () => {
  expect(annotationCommand({ level: 'warning', title: 'a', message: '%0A::debug::x' })).toBe(
    '::warning title=a::%250A::debug::x\n',
  )
})

test('outputs stand between delimiters', () => {
  expect(outputLines({ verdict: 'conformant', report: 'a b.json' }, 'END')).toBe(
    'verdict<<END\nconformant\nEND\nreport<<END\na b.json\nEND\n',
  )
})
