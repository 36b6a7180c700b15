import { DEFAULT_MAX_FRAME, ERROR, LARGEST_MAX_FRAME, MOST_WINDOW, SETTING } from './frame.ts'
import { Http2Error } from './frame-reader.ts'

export type Setting = readonly [id: number, value: number]

const SETTING_BYTES = 6
/** Most settings of one frame; RFC 9113 knows six, and its extensions a few more. */
const MAX_SETTINGS = 32

/** Reads the settings of a frame. Throws `Http2Error` for values that RFC 9113, section 6.5.2, forbids. */
export function readSettings(payload: Buffer): readonly Setting[] {
  const count = payload.length / SETTING_BYTES
  if (!Number.isInteger(count))
    throw new Http2Error(`the target sent a SETTINGS frame of ${payload.length} bytes`, ERROR.frameSize)
  if (count > MAX_SETTINGS)
    throw new Http2Error(`the target sent a SETTINGS frame of ${count} settings`, ERROR.enhanceYourCalm)
  const settings = Array.from(
    { length: count },
    (_none, index): Setting => [
      payload.readUInt16BE(SETTING_BYTES * index),
      payload.readUInt32BE(SETTING_BYTES * index + 2),
    ],
  )
  for (const setting of settings) check(setting)
  return settings
}

function check([id, value]: Setting): void {
  if (id === SETTING.enablePush && value !== 0) throw forbidden('ENABLE_PUSH', value, ERROR.protocol)
  if (id === SETTING.initialWindowSize && value > MOST_WINDOW)
    throw forbidden('INITIAL_WINDOW_SIZE', value, ERROR.flowControl)
  if (id === SETTING.maxFrameSize && (value < DEFAULT_MAX_FRAME || value > LARGEST_MAX_FRAME))
    throw forbidden('MAX_FRAME_SIZE', value, ERROR.protocol)
}

const forbidden = (name: string, value: number, code: number): Http2Error =>
  new Http2Error(`the target sent SETTINGS_${name} ${value}, which HTTP/2 forbids`, code)
