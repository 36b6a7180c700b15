import { expect, test } from 'vitest'
import { replayTrace } from './replay-trace.ts'

const contentOf = (lines: readonly string[]): string | undefined => {
  const { disk } = replayTrace(lines.join('\n'), '/d')
  const file = disk.root.kept.strict.get('a')
  return file?.kind === 'file' ? file.kept.bytes.toString('utf8') : undefined
}

const MADE = [
  '1 openat(AT_FDCWD</d>, "/d/a", O_WRONLY|O_CREAT|O_TRUNC, 0666) = 3</d/a>',
  '1 fsync(4</d>) = 0',
  '1 write(3</d/a>, "x", 1) = 1',
]

test('what was written while a sync was under way may not be part of it', () => {
  const during = [
    ...MADE,
    '1 fsync(3</d/a> <unfinished ...>',
    '2 write(3</d/a>, "y", 1) = 1',
    '1 <... fsync resumed>) = 0',
  ]
  expect(contentOf(during)).toBe('x')
  expect(contentOf([...during, '2 fdatasync(3</d/a>) = 0'])).toBe('xy')
})

test('a sync that failed, or did not come back, kept nothing', () => {
  expect(contentOf([...MADE, '1 fsync(3</d/a>) = -1 EIO (Input/output error)'])).toBe('')
  expect(contentOf([...MADE, '1 fsync(3</d/a> <unfinished ...>', '1 +++ killed by SIGKILL +++'])).toBe('')
})

test('of a write that was cut short the part that was done is there, and a line that was not finished is none', () => {
  const lines = [...MADE, '1 write(3</d/a>, "abc", 3) = 2', '1 fsync(3</d/a>) = 0', '1 write(3</d/a>, "z']
  expect(contentOf(lines)).toBe('xab')
})

test('what a write held that the trace does not is said', () => {
  const { unseen } = replayTrace([...MADE, '1 write(3</d/a>, "abc"..., 9) = 9'].join('\n'), '/d')
  expect([...unseen]).toEqual(['a write longer than the trace holds'])
})
