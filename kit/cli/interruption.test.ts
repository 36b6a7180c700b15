import { EventEmitter } from 'node:events'
import { describe, expect, test } from 'vitest'
import { createInterruption } from './interruption.ts'

function start() {
  const signals = new EventEmitter()
  const said: string[] = []
  const ended: number[] = []
  const interruption = createInterruption({
    on: (name, listener) => void signals.on(name, listener),
    err: (text) => void said.push(text),
    exit: (code) => void ended.push(code),
  })
  return { ...interruption, said, ended, send: (name: string) => signals.emit(name) }
}

describe('the first signal ends the run in good order', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('%s', (name) => {
    const { interrupted, said, ended, send } = start()
    expect(send(name)).toBe(true)
    expect(interrupted.aborted).toBe(true)
    expect(ended).toEqual([])
    expect(said).toEqual(['\nstopping and cleaning up; once more to quit at once\n'])
  })
})

describe('the second one ends the process', () => {
  test('and says what stays behind', () => {
    const { leaves, said, ended, send } = start()
    leaves(() => 'basins a and b')
    leaves(() => undefined)
    const takeBack = leaves(() => 'what is gone by then')
    takeBack()
    send('SIGINT')
    send('SIGINT')
    expect(ended).toEqual([130])
    expect(said.slice(1)).toEqual(['\nquit at once; may be left behind: basins a and b\n'])
  })

  test('without a word where nothing does', () => {
    const { said, ended, send } = start()
    send('SIGTERM')
    send('SIGINT')
    expect(ended).toEqual([130])
    expect(said).toHaveLength(1)
  })

  test('but not a terminal that goes: its shell and its kernel both say so', () => {
    const { interrupted, ended, send } = start()
    send('SIGHUP')
    send('SIGHUP')
    expect(interrupted.aborted).toBe(true)
    expect(ended).toEqual([])
    send('SIGTERM')
    expect(ended).toEqual([130])
  })
})
