/**
 * Decodes percent-encoded UTF-8, once; undefined for a percent sign without two hex digits and for bytes that are not
 * UTF-8. Node gives a request's target as Latin-1, one character a byte, so bytes that came unescaped count as they are.
 */
export function decodePercent(text: string): string | undefined {
  if (PLAIN.test(text)) return text
  if (/%(?![0-9A-Fa-f]{2})/.test(text)) return undefined
  const bytes = text.replaceAll(/%(..)/g, (_escape, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(bytes, 'latin1'))
  } catch {
    return undefined
  }
}

const PLAIN = /^[!-$&-~]*$/
