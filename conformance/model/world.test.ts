import { expect, it } from 'vitest'
import { DEFAULT_BASIN_CONFIG } from '../../reference-server/semantics/resources/config.ts'
import { type Flavor, HOSTED, LITE } from '../../reference-server/semantics/resources/flavor.ts'
import { showRefusal } from './refusals.ts'
import { meet, slotOf, type World } from './world.ts'

const deleting = (flavor: Flavor): World => ({
  flavor,
  basin: DEFAULT_BASIN_CONFIG,
  slots: [{ is: 'deleting' }],
})

/** How each refusal reads, and what the stream is after it. */
const refusals = (flavor: Flavor, operation: Parameters<typeof meet>[2]): readonly unknown[] =>
  meet(deleting(flavor), 0, operation).map((meeting) => [
    meeting.met === 'refused' && showRefusal(meeting.refusal),
    slotOf(meeting.world, 0).is,
  ])

const PENDING = { status: 409, code: 'stream_deletion_pending' }
const MISSING = { status: 404, code: 'stream_not_found' }

it('takes a stream for gone after the first answer that says so', () => {
  expect(refusals(LITE, 'get-stream-config')).toEqual([
    [PENDING, 'deleting'],
    [MISSING, 'absent'],
  ])
  expect(refusals(HOSTED, 'reconfigure-stream')).toEqual([
    [PENDING, 'deleting'],
    [MISSING, 'absent'],
  ])
})

it('lets s2-lite tell of the end of a deletion sooner to those who would change the stream', () => {
  expect(refusals(LITE, 'reconfigure-stream')).toEqual([
    [PENDING, 'deleting'],
    [MISSING, 'deleting'],
  ])
  expect(refusals(LITE, 'delete-stream')).toEqual([[MISSING, 'deleting']])
})
