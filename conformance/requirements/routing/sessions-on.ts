import { inputFrames } from '../../by-hand/frames.ts'
import { batch } from '../../records.ts'
import type { RawRequest } from '../../target/raw.ts'
import type { StreamClient } from '../../target/stream-client.ts'

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
