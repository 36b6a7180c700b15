const HEADER_BYTES = 8
const MAX_LINES = 10

/** Returns the text of a container's log in the framing of the Docker engine: 8 bytes of header, 4 of them the length. */
export function readContainerLog(log: Buffer): string {
  const texts: Buffer[] = []
  for (let at = 0; at + HEADER_BYTES <= log.length; ) {
    const end = at + HEADER_BYTES + log.readUInt32BE(at + 4)
    texts.push(log.subarray(at + HEADER_BYTES, end))
    at = end
  }
  return Buffer.concat(texts).toString()
}

interface Logged {
  logs(options: {
    readonly stdout: true
    readonly stderr: true
    readonly tail: number
    readonly follow: false
  }): Promise<Buffer>
}

/** Returns the last lines that a container printed, as the end of a sentence. */
export async function lastLinesOf(container: Logged): Promise<string> {
  const options = { stdout: true, stderr: true, tail: MAX_LINES, follow: false } as const
  const log = await container.logs(options).catch(() => Buffer.alloc(0))
  const lines = readContainerLog(log).trim()
  return lines === '' ? ', without output' : `; its last lines were:\n${lines.replaceAll(/^/gm, '  ')}`
}
