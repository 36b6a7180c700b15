import type { RulesDefect } from '../defect.ts'

export const prefixingNeedsNoPrefix: RulesDefect = {
  name: 'prefixing-needs-no-prefix',
  seam: 'rules',
  kills: ['CP-TOK-013'],
  story: 'A token may prefix the names of streams though its scope has no prefix.',
  apply: (rules, fired) => ({
    ...rules,
    issueAccessToken(issuer, wanted, existing, now) {
      const isStray = wanted.autoPrefixStreams && wanted.scope.streams.match !== 'prefix'
      return rules.issueAccessToken(
        issuer,
        isStray ? fired({ ...wanted, autoPrefixStreams: false }) : wanted,
        existing,
        now,
      )
    },
  }),
}
