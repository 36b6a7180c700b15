import { type Markup, markup, raw, type Value } from '../markup.ts'

export interface Parts {
  readonly title: string
  readonly style: string
  /** None is allowed where there is none. */
  readonly script?: string
  readonly body: Value
}

/** A page in one file. Nothing is fetched, whatever stands in the report. */
export function htmlDocument({ title, style, script, body }: Parts): Markup {
  const scripts = script === undefined ? '' : "; script-src 'unsafe-inline'"
  const policy = `default-src 'none'; style-src 'unsafe-inline'${scripts}; img-src data:`
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="${raw(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${raw(style)}</style>
</head>
<body>
${body}
${
  script === undefined
    ? undefined
    : markup`<script>${raw(script)}</script>
`
}</body>
</html>
`
}
