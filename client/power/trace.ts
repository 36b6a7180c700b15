/** One system call as strace tells it: its beginning, for those that take time, and its end with the result. */
export interface TracedCall {
  readonly phase: 'begin' | 'end'
  readonly thread: string
  readonly name: string
  /** As they are written, split at the commas between them. */
  readonly args: readonly string[]
  /** What it returned; NaN at its beginning, or where it never did. */
  readonly result: number
}

/** The calls of a trace written by `strace -f -y`, in the order in which they happened. What is no call is passed over. */
export function* callsOf(trace: string): Generator<TracedCall, void> {
  const begun = new Map<string, string>()
  for (const line of trace.split('\n')) {
    const [, thread = '', text = ''] = /^(\d+) +(.*)$/s.exec(line) ?? []
    const unfinished = text.endsWith(UNFINISHED) ? text.slice(0, -UNFINISHED.length) : undefined
    if (unfinished !== undefined) {
      begun.set(thread, unfinished)
      yield parse('begin', thread, unfinished)
      continue
    }
    const [resumed] = RESUMED.exec(text) ?? []
    const whole = resumed === undefined ? text : `${begun.get(thread) ?? ''}${text.slice(resumed.length)}`
    if (!/^\w+\(/.test(whole)) continue
    // A call that nobody interrupts has begun where it ends.
    if (resumed === undefined) yield parse('begin', thread, whole)
    yield parse('end', thread, whole)
  }
}

const UNFINISHED = ' <unfinished ...>'
const RESUMED = /^<\.\.\. \w+ resumed>/

function parse(phase: TracedCall['phase'], thread: string, text: string): TracedCall {
  const open = text.indexOf('(')
  const { args, end } = splitArgs(text, open + 1)
  const [, result] = /^\)\s+= (-?\d+)/.exec(text.slice(end)) ?? []
  return {
    phase,
    thread,
    name: text.slice(0, open),
    args,
    result: phase === 'end' && result !== undefined ? Number(result) : Number.NaN,
  }
}

/** Up to the closing parenthesis: commas in strings, lists, structures and paths do not count. */
function splitArgs(text: string, from: number): { readonly args: readonly string[]; readonly end: number } {
  const args: string[] = []
  let depth = 0
  let begin = from
  let at = from
  for (; at < text.length; at++) {
    const character = text[at]
    if (character === '"') at = endOfString(text, at)
    else if (character === '<') at = text.indexOf('>', at)
    else if (character === '[' || character === '{' || character === '(') depth++
    else if (character === ')' && depth === 0) break
    else if (character === ']' || character === '}' || character === ')') depth--
    else if (character === ',' && depth === 0) {
      args.push(text.slice(begin, at).trim())
      begin = at + 1
    }
    if (at < 0) return { args, end: text.length }
  }
  const last = text.slice(begin, at).trim()
  return { args: last === '' ? args : [...args, last], end: at }
}

function endOfString(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at
  }
  return text.length
}

const ESCAPES: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, f: 12, v: 11, '"': 34, '\\': 92 }

/** The bytes of a string of C; undefined for one that strace cut short, or what is no string. */
export function stringOf(arg: string | undefined): Buffer | undefined {
  if (arg === undefined || !arg.startsWith('"') || !arg.endsWith('"')) return undefined
  const bytes: number[] = []
  for (let at = 1; at < arg.length - 1; at++) {
    if (arg[at] !== '\\') {
      bytes.push(arg.charCodeAt(at))
      continue
    }
    const [octal] = /^[0-7]{1,3}/.exec(arg.slice(at + 1, at + 4)) ?? []
    if (octal === undefined) bytes.push(ESCAPES[arg[++at] ?? ''] ?? 0)
    else {
      bytes.push(Number.parseInt(octal, 8))
      at += octal.length
    }
  }
  return Buffer.from(bytes)
}

/** A file descriptor and the path that it has at that moment: `7</dir/file>`. */
export function descriptorOf(
  arg: string | undefined,
): { readonly fd: string; readonly path: string } | undefined {
  const [, fd, path, deleted] = /^(\w+)<(.*)>(\(deleted\))?$/s.exec(arg ?? '') ?? []
  if (fd === undefined || path === undefined || deleted !== undefined) return undefined
  return { fd, path: stringOf(`"${path}"`)?.toString('utf8') ?? path }
}
