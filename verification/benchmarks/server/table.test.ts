import { expect, test } from 'vitest'
import { type Sample, table } from './table.ts'

const line = { name: 'append', unit: 'MiB/s', better: 'higher' } as const
const sample = (target: string, value: number): Sample => ({ line, target, value })

test('a line is medians, and ratios within each round with their spread', () => {
  const samples = [10, 30, 20].flatMap((value) => [sample('ours', value), sample('theirs', 10)])
  const [, , row = ''] = table(samples, 'ours', ['theirs']).split('\n')
  expect(row.split('|').map((cell) => cell.trim())).toEqual([
    '',
    'append',
    'MiB/s ↑',
    '20',
    '10',
    '**2×** (1–3)',
    '',
  ])
})

test('a server that was not measured shows no number', () => {
  expect(table([sample('ours', 10)], 'ours', ['theirs'])).toContain('–')
})

test('of two rounds the middle is between them, and favours neither', () => {
  const samples = [10, 30].flatMap((value) => [sample('ours', value), sample('theirs', 10)])
  expect(table(samples, 'ours', ['theirs'])).toContain('**2×** (1–3)')
})
