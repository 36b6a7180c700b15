import { describe, expect, test } from 'vitest'
import { BOARD_BYTES, Board } from '../measure/board.ts'
import type { LiveMoment } from '../run/coordinator/live-moment.ts'
import { parseWorkload } from '../workload/parse.ts'
import { lineOf, linesOf } from './lines.ts'
import { liveFigures } from './live-figures.ts'
import { createLiveView } from './live-view.ts'
import { createScreen } from './redrawn-lines.ts'

const WORKLOAD = parseWorkload({ duration: 10, warmup: 2 }, 'here')

/** How a load stands that has so many appends of ten records behind it. */
function moment(at: number, appends: number, more: Partial<LiveMoment> = {}): LiveMoment {
  const board = new Board(new SharedArrayBuffer(BOARD_BYTES))
  board.add('acked', appends)
  board.add('ackedRecords', 10 * appends)
  board.add('ackedBytes', 1024 * 1024 * appends)
  board.add('readRecords', 9 * appends)
  board.add('readBytes', 512 * 1024 * appends)
  board.add('inFlight', 3)
  for (let index = 1; index <= appends; index++) {
    board.timed.response.record(index <= 100 ? 2000 : 5000)
    board.timed.e2e.record(7000)
    board.timed.lag.record(40)
  }
  return { at, stage: 'measuring', numbers: board.snapshot(), faults: [], ...more }
}

const two = [moment(3, 100), moment(4, 200)] as const
const scene = liveFigures(...two, WORKLOAD)

describe('the view of a load', () => {
  test('shows this interval, and all so far', () => {
    expect(linesOf(scene, 100)).toMatchInlineSnapshot(`
      [
        "[########................] measuring, 8 s left",
        "append         100/s        1,000 records/s     100.00 MiB/s",
        "read                          900 records/s      50.00 MiB/s",
        "ms             p50      p99    p99.9      max",
        "response     5.000    5.000    5.000    5.000",
        "  so far     2.000    5.000    5.000    5.000",
        "e2e          7.000    7.000    7.000    7.000",
        "  so far     7.000    7.000    7.000    7.000",
        "3 in flight, schedule lag p99 0.040 ms",
        "no errors",
        "1,800 records verified so far",
      ]
    `)
  })

  test('tells errors by their kind, violations loudly, and each fault', () => {
    const numbers = two[1].numbers
    const counted = {
      ...numbers.counted,
      refused: 3,
      unknown: 1,
      checkTailsFailed: 2,
      violations: 7,
      heldBack: 5,
    }
    const bad = moment(4, 200, {
      numbers: { ...numbers, counted },
      faults: [{ what: 'kill at 3s', state: 'in progress' }],
    })
    const text = linesOf(liveFigures(two[0], bad, WORKLOAD), 100).join('\n')
    expect(text).toContain('3 refused, 1 indeterminate, 2 tails not told')
    expect(text).toContain('7 VIOLATIONS in 1,800 records')
    expect(text).toContain('5 held back')
    expect(text).toContain('kill at 3s: in progress')
    expect(text).not.toContain('verified')
  })

  test.each([200, 80, 40, 10, 1])('fits a terminal of %d columns', (width) => {
    const lines = linesOf(scene, width)
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width)
    expect(lines.length).toBeGreaterThan(8)
  })

  test('says in which part of the load it is, and how long it takes', () => {
    const head = (more: Partial<LiveMoment>): string =>
      linesOf(liveFigures(undefined, moment(1, 0, more), WORKLOAD), 99)[0] ?? ''
    expect(head({ stage: 'warm-up' })).toBe('[##......................] warm-up, 11 s left')
    expect(head({ stage: 'reading', at: 12 })).toBe('[########################] reading to the end, 0 s left')
    expect(head({ stage: 'waiting', at: -7.5 })).toBe(
      '[........................] waiting for the start, begins in 8 s',
    )
  })

  test('has one line for a log', () => {
    expect(lineOf(scene)).toBe(
      'measuring 4/12 s, 100 appends/s, 100.00 MiB/s, read 50.00 MiB/s, p50 2.000 p99 5.000 ms, no errors, 1,800 records verified so far',
    )
  })
})

/** What a terminal shows after this was written to it: its lines, and whether there is a cursor. */
function terminal(text: string): { readonly lines: readonly string[]; readonly hasCursor: boolean } {
  const lines: string[] = ['']
  let row = 0
  let hasCursor = true
  for (const [part] of text.replaceAll('\u001b', '␛').matchAll(/␛\[\??\d*[A-Za-z]|\n|\r|[^␛\n\r]+/g)) {
    const up = /^␛\[(\d+)A$/.exec(part)?.[1]
    if (up !== undefined) row -= Number(up)
    else if (part === '\n') lines[++row] ??= ''
    else if (part === '␛[J') lines.splice(row, lines.length, '')
    else if (part === '␛[K') continue
    else if (part === '␛[?25l') hasCursor = false
    else if (part === '␛[?25h') hasCursor = true
    else if (part !== '\r') lines[row] = part
  }
  return { lines, hasCursor }
}

describe('a screen', () => {
  const drawn = (act: (screen: ReturnType<typeof createScreen>, write: (text: string) => void) => void) => {
    let text = 'before\n'
    const write = (more: string): void => {
      text += more
    }
    act(createScreen(write), write)
    return terminal(text)
  }

  test('draws over what it has drawn, fewer lines too', () => {
    const shown = drawn((screen) => {
      screen.draw(['a', 'b', 'c'])
      screen.draw(['d', 'e'])
    })
    expect(shown).toEqual({ lines: ['before', 'd', 'e', ''], hasCursor: false })
  })

  test('is gone when it is closed, and the cursor is there again', () => {
    const shown = drawn((screen) => {
      screen.draw(['a', 'b'])
      screen.close()
      screen.close()
    })
    expect(shown).toEqual({ lines: ['before', ''], hasCursor: true })
  })

  test('leaves what it has drawn where somebody else has written below', () => {
    const shown = drawn((screen, write) => {
      screen.draw(['a', 'b'])
      write('\nstopping\n')
      screen.leave()
      screen.draw(['c'])
    })
    expect(shown.lines).toEqual(['before', 'a', 'b', '', 'stopping', 'c', ''])
  })
})

describe('a live view', () => {
  const shown = (isInteractive: boolean, isLogged: boolean): string => {
    let text = ''
    const io = {
      err: (more: string) => {
        text += more
      },
      isInteractive,
      progressWidth: 60,
      interrupted: new AbortController().signal,
    }
    const view = createLiveView(io, WORKLOAD, isLogged)
    for (const at of [1, 2, 3, 4, 5, 6, 7]) view.see(moment(at, at))
    view.close()
    return text
  }

  test('is quiet in a pipe, and has a line every few seconds where that is asked for', () => {
    expect(shown(false, false)).toBe('')
    expect(shown(false, true).match(/^measuring .*$/gm)).toHaveLength(2)
    expect(shown(false, true)).not.toContain('\u001b')
  })

  test('takes itself away on a terminal', () => {
    const text = shown(true, false)
    expect(text).toContain('in flight')
    expect(terminal(text)).toEqual({ lines: [''], hasCursor: true })
  })
})
