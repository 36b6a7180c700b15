import { expect, it } from 'vitest'
import { DEFAULT_BASIN_CONFIG } from '../../reference-server/semantics/config.ts'
import { type Flavor, HOSTED, LITE } from '../../reference-server/semantics/flavor.ts'
import { meet, slotOf, type World } from './world.ts'

const deleting = (flavor: Flavor): World => ({
  flavor,
  basin: DEFAULT_BASIN_CONFIG,
  slots: [{ is: 'deleting' }],
})

/** The code of each refusal, and what the stream is after it. */
const refusals = (flavor: Flavor, operation: Parameters<typeof meet>[2]): readonly string[] =>
  meet(deleting(flavor), 0, operation).map((meeting) =>
    meeting.met === 'refused'
      ? `${meeting.refusal.code}, ${slotOf(meeting.world, 0).is}`
      : `${meeting.met}, ${slotOf(meeting.world, 0).is}`,
  )

it('takes a stream for gone after the first answer that says so', () => {
  expect(refusals(LITE, 'get-stream-config')).toEqual([
    'stream_deletion_pending, deleting',
    'stream_not_found, absent',
  ])
  expect(refusals(HOSTED, 'reconfigure-stream')).toEqual([
    'stream_deletion_pending, deleting',
    'stream_not_found, absent',
  ])
})

it('lets s2-lite tell of the end of a deletion sooner to those who would change the stream', () => {
  expect(refusals(LITE, 'reconfigure-stream')).toEqual([
    'stream_deletion_pending, deleting',
    'stream_not_found, deleting',
  ])
  expect(refusals(LITE, 'delete-stream')).toEqual(['stream_not_found, deleting'])
})
