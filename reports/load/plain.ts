/** Texts of a result may be of others, and a terminal obeys what it is sent: control characters become visible. */
export const plain = (text: string): string =>
  text.replace(/[^\P{Cc}\n]/gu, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`)
