/**
 * Returns the path with each occurrence of the secret replaced. In a path any character may be percent-encoded, so the secret
 * is searched for in the decoded path, in either case. It takes linear memory: both may have as many bytes as a head.
 */
export function redact(path: string, secret: string): string {
  const units = path.match(/%[0-9a-f]{2}|[\s\S]/gi) ?? []
  const decoded = units.map(decode).join('').toLowerCase()
  const wanted = Buffer.from(secret).toString('latin1').toLowerCase()
  const kept: string[] = []
  let from = 0
  for (;;) {
    const at = wanted === '' ? -1 : decoded.indexOf(wanted, from)
    if (at < 0) return [...kept, ...units.slice(from)].join('')
    kept.push(...units.slice(from, at), '[redacted]')
    from = at + wanted.length
  }
}

const decode = (unit: string): string =>
  unit.length === 3 ? String.fromCharCode(Number.parseInt(unit.slice(1), 16)) : unit
