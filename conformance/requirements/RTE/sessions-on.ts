import type { RawRequest } from '../../../client/raw.ts'
import { batch } from '../../../client/records.ts'
import type { StreamClient } from '../../../client/stream-client.ts'
import { inputFrames } from '../../by-hand/frames.ts'

/** An append session of one frame, and read sessions of frames and of events, that end by themselves. */
export const sessionsOn = ({ recordsPath }: StreamClient): readonly RawRequest[] => {
  const frames = { 'content-type': 's2s/proto' }
  const path = `${recordsPath}?seq_num=0&count=1`
  return [
    { method: 'POST', path: recordsPath, headers: frames, body: inputFrames(batch('in a session')) },
    { method: 'GET', path, headers: frames },
    { method: 'GET', path, headers: { accept: 'text/event-stream' } },
  ]
}
