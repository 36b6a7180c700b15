import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { UsageError } from '../../kit/usage-error.ts'
import { toJson } from '../../reports/to-json.ts'
import { calibration } from '../run/testing/calibration.ts'
import { keep, keptAt, readCalibration, readKept } from './kept.ts'

let folder: string
let env: Readonly<Record<string, string>>
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 's2-kept-'))
  env = { XDG_CACHE_HOME: folder }
})
afterEach(() => rm(folder, { recursive: true }))

const place = async (text: string): Promise<string> => {
  const path = keptAt(env) ?? ''
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
  return path
}

test('what was kept on this machine by this tool is found again', async () => {
  expect(await readKept(env, calibration.tool)).toBeUndefined()
  await keep(calibration, env)
  expect(await readKept(env, calibration.tool)).toEqual(calibration)
})

test('where there is no place for it, it is neither kept nor missed', async () => {
  await expect(keep(calibration, {})).rejects.toThrow('HOME')
  expect(await readKept({}, calibration.tool)).toBeUndefined()
  expect(keptAt({ HOME: '/home/u' })).toBe('/home/u/.cache/s2-conformance/load-calibration.json')
})

test('what another version has kept, or another machine, does not count', async () => {
  await keep(calibration, env)
  expect(await readKept(env, 's2-load 9.9.9')).toBeUndefined()
  const machine = { ...calibration.machine, node: '1.0.0' }
  await keep({ ...calibration, machine }, env)
  expect(await readKept(env, calibration.tool)).toBeUndefined()
})

test('what is no calibration does not stop a run unless it was named', async () => {
  for (const text of ['', '{}', toJson(calibration).replace('"p50"', '"p51"'), '{"format":"s2-load"}']) {
    const path = await place(text)
    expect(await readKept(env, calibration.tool), text).toBeUndefined()
    await expect(readCalibration(path), text).rejects.toThrow(UsageError)
  }
})

test('one that was named is read wherever it was made, and must be there', async () => {
  const elsewhere = { ...calibration, machine: { ...calibration.machine, cpus: 99 } }
  expect(await readCalibration(await place(toJson(elsewhere)))).toEqual(elsewhere)
  await expect(readCalibration(join(folder, 'absent'))).rejects.toThrow('cannot be read')
})
