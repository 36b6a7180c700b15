import { expect, test } from 'vitest'
import type { Timeline } from './timeline.ts'
import { renderTimeline } from './timeline-text.ts'

const timeline: Timeline = {
  title: 'stale-tail: the tail 0, after 2 was acknowledged',
  operations: [
    { id: 3, client: '11', begin: 120, end: 123, label: 'check tail', outcome: 'tail 0', isEvidence: true },
    {
      id: 1,
      client: '0',
      begin: 100,
      end: 110,
      label: 'append 2',
      outcome: 'acked 0 to 2',
      isEvidence: true,
    },
    { id: 2, client: '1', begin: 105, label: 'append 1', outcome: 'unknown', isEvidence: true },
    {
      id: 4,
      client: '2',
      begin: 101,
      end: 122,
      label: 'read 1 from 0',
      outcome: 'no records',
      isEvidence: false,
    },
  ],
}

test('a timeline as text has a line for each operation that shows it, in the order of their calls, on one scale', () => {
  expect(renderTimeline(timeline, 200).split('\n')).toEqual([
    'stale-tail: the tail 0, after 2 was acknowledged',
    '  client 0   ├─────────┤············· append 2 -> acked 0 to 2  [0.000 to 10.000 ms]',
    '  client 1   ·····├─────────────────▷ append 1 -> unknown  [from 5.000 ms, no answer]',
    '  client 11  ····················├──┤ check tail -> tail 0  [20.000 to 23.000 ms]',
    '',
  ])
})

test('what does not fit the width is cut, and what took no time still has two ends', () => {
  const lines = renderTimeline(timeline, 40).split('\n').slice(1, -1)
  expect(lines.map((line) => line.length)).toEqual([40, 40, 40])
  expect(lines.every((line) => line.endsWith('…'))).toBe(true)
  const at = { id: 1, client: '0', label: 'check tail', outcome: 'tail 0', isEvidence: true }
  const brief = renderTimeline({ title: '', operations: [{ ...at, begin: 5, end: 5 }] }, 200)
  expect(brief).toContain(`├┤${'·'.repeat(22)} check tail`)
})
