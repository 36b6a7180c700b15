import { decompressSync } from '../../proto/compression.ts'
import { compressionOf, parseTerminal, TERMINAL } from '../../proto/frames.ts'
import { MEDIA_TYPES } from '../../proto/http.ts'
import type { Compression } from '../workload/workload.ts'
import { Cursor } from './cursor.ts'
import { EmptyFrameGuard } from './empty-frame-guard.ts'
import { FrameSplitter } from './frame-splitter.ts'
import type { Taker } from './h2/exchange.ts'
import type { Reader, ReaderParts } from './reader.ts'
import { scanReadBatch } from './scan.ts'
import type { Sessions } from './sessions.ts'
import { isMalformed, TransportError, whyOf } from './transport-error.ts'

/** An S2S read session, of all records from one on and of those to come. */
export function createS2sReader(parts: ReaderParts, sessions: Sessions, compression: Compression): Reader {
  const cursor = new Cursor()
  const headers: Readonly<Record<string, string>> = {
    ...parts.headers,
    'content-type': MEDIA_TYPES.s2s,
    ...(compression !== 'none' && { 'accept-encoding': compression }),
  }
  let giveUp: () => void = () => {}
  let isClosed = false
  let said: string | undefined
  let isBroken = false
  const barren = new EmptyFrameGuard()
  const onFrame = (flags: number, bytes: Buffer, begin: number, end: number): void => {
    if ((flags & TERMINAL) !== 0) {
      const { status, json } = parseTerminal(flags, bytes.subarray(begin, end))
      // It is over, also where the target leaves it open.
      throw new TransportError('cut', `${status} ${json}`)
    }
    const coding = compressionOf(flags)
    if (coding === 'none') cursor.reset(bytes, begin, end)
    else {
      const message = decompressSync({ payload: bytes.subarray(begin, end), compression: coding })
      barren.add(message.length)
      cursor.reset(Buffer.from(message.buffer, message.byteOffset, message.length), 0, message.length)
    }
    if (scanReadBatch(cursor, parts.visitor) > 0) barren.reset()
  }
  const begin = async (
    seqNum: number,
    onOpen: () => void,
    onFail: (error: TransportError) => void,
  ): Promise<void> => {
    const splitter = new FrameSplitter(onFrame)
    barren.reset()
    let isOpen = false
    const over = (error = new TransportError('cut', 'the read session was closed')): void => {
      // Of one that was never open, `open` tells.
      if (!isOpen) onFail(error)
      else parts.onEnd(isClosed ? undefined : (said ?? reasonOf(error)), isBroken || isMalformed(error))
      isOpen = false
    }
    const taker: Taker = {
      onStatus(status) {
        isOpen = status === 200
        if (isOpen) return onOpen()
        onFail(new TransportError('refused', `a read session was answered with ${status}`))
        // Its body may be endless.
        giveUp()
      },
      onContent(content) {
        if (!isOpen) return
        parts.onBytes(content.length)
        try {
          barren.add(content.length)
          splitter.push(content)
        } catch (error) {
          said = whyOf(error)
          isBroken = isMalformed(error)
          giveUp()
          over()
        }
      },
    }
    giveUp = await sessions.get(`${parts.path}?seq_num=${seqNum}`, headers, taker, over)
    if (isClosed) giveUp()
  }
  return {
    open(seqNum) {
      said = undefined
      isBroken = false
      return new Promise<void>((resolve, reject) => void begin(seqNum, resolve, reject).catch(reject))
    },
    close() {
      isClosed = true
      giveUp()
    },
  }
}

/** The words of the network for a cut differ from one to the next; those for what the target did are the same each time. */
const reasonOf = ({ code, message }: TransportError): string =>
  code === 'sent-away' || code === 'malformed' ? message : 'the read session was cut'
