/**
 * What the page does beside showing itself: search, filters, copying, links to a row. Without it everything is there all
 * the same. Runs in any browser of the last years, so it is plain JavaScript.
 */
export const SCRIPT: string = String.raw`
(() => {
  const all = (selector, from = document) => [...from.querySelectorAll(selector)]
  const search = document.getElementById('search')
  const reset = document.getElementById('reset')
  const none = document.getElementById('none')
  const shown = document.getElementById('shown')
  const buttons = all('.count')
  const rows = all('.row').map((element) => ({
    element,
    verdict: element.dataset.verdict,
    text: element.textContent.toLowerCase(),
  }))
  const chosen = new Set()

  function apply() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean)
    let count = 0
    for (const { element, verdict, text } of rows) {
      const isShown = (chosen.size === 0 || chosen.has(verdict)) && words.every((word) => text.includes(word))
      element.hidden = !isShown
      if (isShown) count += 1
    }
    for (const area of all('.area')) area.hidden = all('.row:not([hidden])', area).length === 0
    for (const button of buttons) button.setAttribute('aria-pressed', String(chosen.has(button.dataset.verdict)))
    shown.textContent = count === rows.length ? String(count) : count + ' of ' + rows.length
    none.hidden = count > 0
    reset.hidden = count === rows.length
  }

  search.addEventListener('input', apply)
  search.form.addEventListener('submit', (event) => event.preventDefault())
  reset.addEventListener('click', () => {
    chosen.clear()
    search.value = ''
    apply()
    search.focus()
  })
  for (const button of buttons) {
    button.addEventListener('click', () => {
      const { verdict } = button.dataset
      if (!chosen.delete(verdict)) chosen.add(verdict)
      apply()
      document.getElementById('rows').scrollIntoView({ block: 'start' })
    })
  }
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.target === search) return
    event.preventDefault()
    search.focus()
    search.select()
  })
  for (const button of all('.copy')) {
    button.addEventListener('click', async () => {
      const code = button.parentElement.querySelector('code')
      try {
        await navigator.clipboard.writeText(code.textContent)
        button.textContent = 'Copied'
      } catch {
        getSelection().selectAllChildren(code)
        button.textContent = 'Selected'
      }
      setTimeout(() => { button.textContent = 'Copy' }, 1500)
    })
  }
  // A row that is linked to and not among the findings is opened where it stands.
  function openLinked() {
    const id = decodeURIComponent(location.hash.slice(1))
    const row = document.getElementById(id) ? undefined : rows.find(({ element }) => element.dataset.id === id)
    if (!row) return
    row.element.open = true
    row.element.scrollIntoView({ block: 'center' })
  }
  addEventListener('hashchange', openLinked)
  openLinked()
})()
`
