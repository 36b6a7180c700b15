/** The calls of the clients: tabs, of which one is chosen for all, and those of an example, loaded when it is opened. */
{
  const { root } = document.currentScript.dataset
  const KEY = 'client'
  let made = 0

  const stored = () => {
    try {
      return localStorage.getItem(KEY)
    } catch {
      return null
    }
  }
  const store = (client) => {
    try {
      localStorage.setItem(KEY, client)
    } catch {
      // Some browsers keep nothing for pages from a file: the choice holds for this page.
    }
  }
  let chosen = stored()

  const panelsOf = (tabs) => [...tabs.querySelectorAll('[data-client]')]
  const show = (tabs) => {
    const panels = panelsOf(tabs)
    const current = panels.find(({ dataset }) => dataset.client === chosen) ?? panels[0]
    const buttons = tabs.querySelectorAll('[role=tab]')
    panels.forEach((panel, at) => {
      const isCurrent = panel === current
      panel.hidden = !isCurrent
      buttons[at].setAttribute('aria-selected', String(isCurrent))
      buttons[at].tabIndex = isCurrent ? 0 : -1
    })
  }
  const choose = (button) => {
    const top = button.getBoundingClientRect().top
    chosen = button.dataset.for
    store(chosen)
    for (const tabs of document.querySelectorAll('.tabs')) show(tabs)
    // Tabs above may have become longer or shorter.
    scrollBy({ top: button.getBoundingClientRect().top - top, behavior: 'instant' })
  }

  /** Adds the buttons to the sections of each client. */
  const upgrade = (tabs) => {
    const list = document.createElement('div')
    list.setAttribute('role', 'tablist')
    list.setAttribute('aria-label', 'Client')
    for (const panel of panelsOf(tabs)) {
      made += 1
      const title = panel.querySelector('.client')
      const button = document.createElement('button')
      Object.assign(button, { type: 'button', id: `tab-${made}`, textContent: title.textContent })
      button.dataset.for = panel.dataset.client
      button.setAttribute('role', 'tab')
      button.setAttribute('aria-controls', `panel-${made}`)
      button.addEventListener('click', () => choose(button))
      Object.assign(panel, { id: `panel-${made}` })
      panel.setAttribute('role', 'tabpanel')
      panel.setAttribute('aria-labelledby', button.id)
      title.remove()
      list.append(button)
    }
    list.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
      if (step === undefined) return
      const buttons = [...list.children]
      const next = buttons[(buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length]
      event.preventDefault()
      choose(next)
      next.focus()
    })
    tabs.prepend(list)
    show(tabs)
  }
  for (const tabs of document.querySelectorAll('.tabs')) upgrade(tabs)

  let loading
  const load = () => {
    loading ??= new Promise((resolve, reject) => {
      const script = document.createElement('script')
      Object.assign(script, { src: `${root}assets/calls-data.js`, onload: resolve, onerror: reject })
      document.head.append(script)
    })
    return loading
  }
  /** Puts the call in each client below the link of an example that is opened. */
  const fill = async (details) => {
    await load()
    if (details.querySelector('.tabs')) return
    const name = details.querySelector('a').hash.slice(1)
    details.insertAdjacentHTML('beforeend', window.S2_CALLS[name])
    upgrade(details.querySelector('.tabs'))
  }
  document.addEventListener('toggle', ({ target }) => target.matches('.call[open]') && fill(target), true)
}
