import { type Markup, markup, raw } from '../../../reports/markup.ts'

const number = (name: string, label: string, value = ''): Markup =>
  markup`<label class="pg-field"><span>${label}</span><input name="${name}" inputmode="numeric" autocomplete="off" spellcheck="false" data-u64 value="${value}"></label>`

const text = (name: string, label: string): Markup =>
  markup`<label class="pg-field"><span>${label}</span><input name="${name}" autocomplete="off" spellcheck="false"></label>`

const check = (name: string, label: string): Markup =>
  markup`<label class="pg-check"><input type="checkbox" name="${name}"> <span>${label}</span></label>`

const select = (name: string, label: string, options: readonly string[]): Markup =>
  markup`<label class="pg-field"><span>${label}</span><select name="${name}">${options.map((option) => markup`<option>${option}</option>`)}</select></label>`

const OPERATIONS = [
  ['append', 'Append'],
  ['fence', 'Fence'],
  ['trim', 'Trim'],
  ['read', 'Read'],
  ['tail', 'Check tail'],
  ['configure', 'Configure'],
] as const

const operation = (value: string, label: string): Markup =>
  markup`<label><input type="radio" name="operation" value="${value}"${value === 'append' ? raw(' checked') : undefined}> <span>${label}</span></label>`

/** Fields of the operations that `for` names; the script hides the others. */
const group = (names: string, legend: string, fields: Markup): Markup =>
  markup`<fieldset class="pg-group" data-for="${names}"><legend>${legend}</legend>${fields}</fieldset>
`

/** One record of an append; the script copies it. */
const recordTemplate: Markup = markup`<template id="pg-record"><fieldset class="pg-record"><legend>Record</legend>
<label class="pg-field pg-wide"><span>Body</span><input data-field="body" autocomplete="off" spellcheck="false"></label>
<label class="pg-field pg-wide"><span>Headers, one <code>name=value</code> per line</span><textarea data-field="headers" rows="1" spellcheck="false"></textarea></label>
<label class="pg-field"><span>Timestamp</span><input data-field="timestamp" data-u64 inputmode="numeric" autocomplete="off" spellcheck="false"></label>
<button type="button" data-remove>Remove</button></fieldset></template>`

export const requestForm: Markup = markup`<form id="pg-form" novalidate>
<fieldset class="pg-operations"><legend>Operation</legend>${OPERATIONS.map(([value, label]) => operation(value, label))}</fieldset>
${recordTemplate}
<div data-for="append"><div id="pg-new-records"></div><button type="button" id="pg-add">Add a record</button></div>
${group('fence', 'Fence', text('fence-token', 'New fencing token, empty to clear it'))}${group('trim', 'Trim', number('trim-up-to', 'First sequence number to keep', '1'))}${group(
  'append fence trim',
  'Conditions',
  markup`${number('match_seq_num', 'match_seq_num')}<div class="pg-token">${check('has-token', 'Send fencing_token')}${text('fencing_token', 'fencing_token')}</div>`,
)}${group(
  'read',
  'Start, at most one',
  markup`${number('seq_num', 'seq_num', '0')}${number('timestamp', 'timestamp')}${number('tail_offset', 'tail_offset')}${check('clamp', 'clamp=true')}`,
)}${group(
  'read',
  'End',
  markup`${number('count', 'count')}${number('bytes', 'bytes')}${number('until', 'until (timestamp)')}${number('wait', 'wait (seconds)')}`,
)}${group(
  'configure',
  'Timestamping',
  markup`${select('mode', 'mode', ['client-prefer', 'client-require', 'arrival'])}${check('uncapped', 'uncapped')}`,
)}${group(
  'append fence trim read tail configure',
  'Sending',
  markup`<div data-for="append read">${select('format', 's2-format', ['raw', 'base64'])}</div>${number('after', 'delay (ms)', '1000')}`,
)}<div class="pg-send"><button type="submit">Send</button><p class="pg-hint" id="pg-replaces"></p></div>
</form>
`
