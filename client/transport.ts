/**
 * How a request travels. Appends go as `json`, `base64`, `protobuf` or as frames of a session; reads also as `sse`. A
 * check that runs on `sse` appends as `json`. Sessions of frames, `s2s`, go over HTTP/2 where the target has it, and as
 * `s2s-http1` over HTTP/1.1; all else goes over HTTP/1.1.
 */
export type Transport = 'json' | 'base64' | 'protobuf' | 'sse' | 's2s' | 's2s-http1'

/** Whether it is a session of S2S frames. */
export const isS2s = (transport: Transport): boolean => transport === 's2s' || transport === 's2s-http1'
