/** Text that a runner of GitHub obeys if a command prints it as it is. */
export const ATTACK: string = [
  '::error title=injected::injected',
  '  ::set-output name=verdict::injected',
  'text\r::warning::injected',
  'text ##[error]injected',
  '%0A::error::injected',
  '',
].join('\n')
