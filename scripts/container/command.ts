/** A command of the package, named as its file in `bin/`, and its arguments. */
export interface ContainerCommand {
  readonly name: 's2-conformance' | 's2-load' | 's2-reference-server'
  readonly args: readonly string[]
}

/**
 * Returns the command that the arguments of the container name, or undefined for an unknown one. `lite` and no name mean
 * the reference server, so a configuration that starts S2's own image also starts this one.
 */
export function commandOf(args: readonly string[]): ContainerCommand | undefined {
  const [first = '', ...rest] = args
  if (first === '' || first.startsWith('-')) return server(args)
  switch (first) {
    case 'lite':
    case 'reference-server':
    case 's2-reference-server':
      return server(rest)
    case 'conformance':
    case 's2-conformance':
      return { name: 's2-conformance', args: rest }
    case 'load':
    case 's2-load':
      return { name: 's2-load', args: rest }
    default:
      return undefined
  }
}

/** Options with which the server exits instead of serving. */
const EXITING = ['--check', '--help', '-h', '--version']

function server(args: readonly string[]): ContainerCommand {
  const common = { name: 's2-reference-server' } as const
  if (EXITING.some((name) => isGiven(args, name))) return { ...common, args }
  // Only published ports can be reached from outside, so the server listens on every address inside.
  const defaults = [
    ...(isGiven(args, '--host') ? [] : ['--host', '0.0.0.0']),
    ...(isGiven(args, '--port') ? [] : ['--port', hasTls(args) ? '443' : '80']),
    ...(isGiven(args, '--auth') || isGiven(args, '--insecure') ? [] : ['--insecure']),
  ]
  return { ...common, args: [...defaults, ...args] }
}

/** Returns the URL of the server's health check inside the container, or undefined if another command runs. */
export function healthUrl(args: readonly string[]): string | undefined {
  const command = commandOf(args)
  if (command?.name !== 's2-reference-server') return undefined
  const port = valueGiven(command.args, '--port') ?? '80'
  const host = valueGiven(command.args, '--host') ?? '0.0.0.0'
  const address = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  const shown = address.includes(':') ? `[${address}]` : address
  return `${hasTls(args) ? 'https' : 'http'}://${shown}:${port}/health`
}

const hasTls = (args: readonly string[]): boolean =>
  isGiven(args, '--tls-self') || isGiven(args, '--tls-cert')

const isGiven = (args: readonly string[], name: string): boolean =>
  args.some((arg) => arg === name || arg.startsWith(`${name}=`))

function valueGiven(args: readonly string[], name: string): string | undefined {
  const at = args.findIndex((arg) => arg === name || arg.startsWith(`${name}=`))
  const [, inline] = args[at]?.split('=') ?? []
  return inline ?? (at < 0 ? undefined : args[at + 1])
}
