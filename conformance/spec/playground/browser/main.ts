import { EXAMPLES } from '../examples.ts'
import { checkSize, decodeLink, encodeLink, LinkError, MAX_LINK_CHARACTERS } from '../link.ts'
import type { Step } from '../request.ts'
import { type Played, play } from '../session.ts'
import { FRESH } from '../state.ts'
import { answerOf, decidedBy, nameOf, readRows } from './answer-view.ts'
import { byId, element } from './elements.ts'
import { RequestForm } from './form.ts'
import { factsOf, recordsOf } from './stream-view.ts'

const rowOf = readRows(byId('pg-row-data', HTMLScriptElement).text)

let played: readonly Played[] = []
/** How many steps are shown as done. */
let position = 0

const stepsOf = (): readonly Step[] => played.map(({ step }) => step)

/** Shows these steps, at the last one. */
function show(steps: readonly Step[]): void {
  played = play(steps)
  position = played.length
  render()
}

function go(to: number): void {
  position = Math.min(Math.max(to, 0), played.length)
  render()
}

/** Puts a step after the one that is shown, in place of those that follow. */
function send(step: Step): void {
  const steps = [...stepsOf().slice(0, position), step]
  try {
    const link = encodeLink(checkSize(steps))
    if (link.length > MAX_LINK_CHARACTERS) throw new LinkError('the sequence is too large for a link')
    history.replaceState(null, '', link)
    report(undefined)
    show(steps)
    byId('pg-answer', HTMLDivElement).scrollIntoView({ block: 'nearest' })
  } catch (error) {
    if (!(error instanceof LinkError)) throw error
    report(`The request was not sent: ${error.message}. Step back, or start over.`)
  }
}

/** Takes the sequence from the address. */
function load(): void {
  try {
    const steps = decodeLink(location.hash)
    report(undefined)
    if (steps !== undefined || played.length === 0) show(steps ?? [])
  } catch (error) {
    if (!(error instanceof LinkError)) throw error
    show([])
    report(`This link holds no sequence: ${error.message}. The playground starts with an empty stream.`)
  }
}

function report(problem: string | undefined): void {
  const place = byId('pg-problem', HTMLParagraphElement)
  place.textContent = problem ?? ''
  place.hidden = problem === undefined
}

function render(): void {
  const current = played[position - 1]
  const before = played[position - 2]?.after ?? FRESH
  byId('pg-facts', HTMLDListElement).replaceChildren(...factsOf(current?.after ?? FRESH))
  byId('pg-records', HTMLOListElement).replaceChildren(...recordsOf({ before, played: current }))
  byId('pg-steps', HTMLOListElement).replaceChildren(...chips())
  byId('pg-answer', HTMLDivElement).replaceChildren(
    ...(current === undefined ? [nothing()] : answerOf(current)),
  )
  byId('pg-rows', HTMLDivElement).replaceChildren(...(current === undefined ? [] : decidedBy(current, rowOf)))
  byId('pg-back', HTMLButtonElement).setAttribute('aria-disabled', String(position === 0))
  byId('pg-forward', HTMLButtonElement).setAttribute('aria-disabled', String(position === played.length))
  byId('pg-link', HTMLInputElement).value = linkOf()
  byId('pg-replaces', HTMLParagraphElement).textContent = replaced()
  byId('pg-copied', HTMLParagraphElement).textContent = ''
}

const nothing = (): HTMLElement =>
  element('p', { class: 'pg-hint' }, 'No request yet. Send one, or open an example.')

function chips(): readonly Node[] {
  const first = chip(0, 'empty stream')
  return [
    first,
    ...played.map(({ step, answer }, index) => chip(index + 1, nameOf(step.request), answer.status)),
  ]
}

function chip(number: number, name: string, status?: number): HTMLElement {
  const outcome =
    status === undefined
      ? undefined
      : element('span', { class: status === 200 ? 'pg-good' : 'pg-bad' }, String(status))
  const button = element(
    'button',
    { type: 'button', 'data-step': String(number), 'aria-current': number === position ? 'step' : undefined },
    `${number} ${name} `,
    outcome,
  )
  return element('li', { class: number > position ? 'pg-later' : undefined }, button)
}

const linkOf = (): string => `${location.href.split('#')[0]}${encodeLink(stepsOf())}`

function replaced(): string {
  const first = position + 1
  if (first > played.length) return ''
  return first === played.length ? `Replaces step ${first}.` : `Replaces steps ${first} to ${played.length}.`
}

async function copy(): Promise<void> {
  const link = byId('pg-link', HTMLInputElement)
  link.select()
  try {
    await navigator.clipboard.writeText(link.value)
    byId('pg-copied', HTMLParagraphElement).textContent = 'The link is copied.'
  } catch {
    byId('pg-copied', HTMLParagraphElement).textContent = 'The link is selected: copy it from the field.'
  }
}

function onClick(id: string, handle: () => void): void {
  byId(id, HTMLButtonElement).addEventListener('click', handle)
}

onClick('pg-back', () => go(position - 1))
onClick('pg-forward', () => go(position + 1))
onClick('pg-copy', () => void copy())
onClick('pg-clear', () => {
  history.replaceState(null, '', location.href.split('#')[0])
  report(undefined)
  show([])
})
byId('pg-steps', HTMLOListElement).addEventListener('click', ({ target }) => {
  const button = target instanceof Element ? target.closest('button') : null
  if (button === null) return
  const step = button.dataset.step ?? '0'
  go(Number(step))
  // The list is drawn anew; the focus stays on the step.
  document.querySelector<HTMLElement>(`[data-step="${step}"]`)?.focus()
})
byId('pg-examples', HTMLUListElement).replaceChildren(
  ...EXAMPLES.map(({ title, steps }) => element('li', {}, element('a', { href: encodeLink(steps) }, title))),
)
addEventListener('hashchange', load)
new RequestForm(send)
load()
