/** The search field of every page. Its index is loaded when it is first used. */
{
  const root = document.currentScript.dataset.root
  const input = document.getElementById('search')
  const list = document.getElementById('results')
  const MAX_RESULTS = 12

  /** Runs a script of the site once. */
  const loaded = new Map()
  const load = (name) => {
    if (!loaded.has(name)) {
      loaded.set(
        name,
        new Promise((resolve, reject) => {
          const script = document.createElement('script')
          Object.assign(script, { src: `${root}assets/${name}`, onload: resolve, onerror: reject })
          document.head.append(script)
        }),
      )
    }
    return loaded.get(name)
  }

  /** Ids and names with underscores are one word; their parts are words too. */
  const tokenize = (text) =>
    text.split(/[^\w-]+/).flatMap((word) => {
      const parts = word.split(/[_-]+/)
      return parts.length > 1 ? [word, ...parts] : [word]
    })
  const tokenizeQuery = (text) => text.split(/[^\w-]+/)

  let index
  const search = async (query) => {
    await Promise.all([load('minisearch.js'), load('search-data.js')])
    if (index === undefined) {
      index = new window.MiniSearch({
        fields: ['id', 'title', 'text'],
        storeFields: ['id', 'title', 'text', 'url', 'kind'],
        idField: 'url',
        tokenize,
      })
      index.addAll(window.S2_SEARCH)
    }
    const words = tokenizeQuery(query).filter(Boolean).join(' ')
    const options = {
      tokenize: tokenizeQuery,
      boost: { id: 8, title: 3 },
      boostDocument: (_, __, { kind }) => (kind === 'requirement' ? 1 : 2),
    }
    const misspelled = (letters) => (term) => (term.length >= letters && /^[a-z]+$/.test(term) ? 0.15 : false)
    const found = index.search(words, { ...options, combineWith: 'AND', prefix: true, fuzzy: misspelled(5) })
    if (found.length > 0) return found
    // No entry has all words: find those with any. Short words match too much: "to" begins "token", "batch" is like "match".
    return index.search(words, {
      ...options,
      combineWith: 'OR',
      prefix: (term) => term.length > 3,
      fuzzy: misspelled(6),
    })
  }
  window.S2_FIND = search

  const options = () => [...list.querySelectorAll('[role=option]')]
  const select = (option) => {
    for (const each of options()) each.setAttribute('aria-selected', String(each === option))
    if (option === undefined) input.removeAttribute('aria-activedescendant')
    else {
      input.setAttribute('aria-activedescendant', option.id)
      option.scrollIntoView({ block: 'nearest' })
    }
  }
  const close = () => {
    list.hidden = true
    input.setAttribute('aria-expanded', 'false')
    select(undefined)
  }

  const optionOf = ({ id, title, text, url }, at) => {
    const option = document.createElement('a')
    Object.assign(option, { id: `result-${at}`, href: root + url, tabIndex: -1 })
    option.setAttribute('role', 'option')
    const name = document.createElement('b')
    name.textContent = id
    const more = document.createElement('small')
    more.textContent = text
    option.append(name, ` ${title}`, more)
    return option
  }

  const show = async () => {
    const query = input.value.trim()
    if (query === '') return close()
    const found = await search(query)
    if (query !== input.value.trim()) return
    list.replaceChildren(...found.slice(0, MAX_RESULTS).map(optionOf))
    const rest = {
      id: '',
      title: `All results for “${query}”`,
      text: '',
      url: `requirements.html?q=${encodeURIComponent(query)}`,
    }
    list.append(
      optionOf(
        found.length > 0
          ? rest
          : { ...rest, title: `Nothing found for “${query}”. All requirements`, url: 'requirements.html' },
        MAX_RESULTS,
      ),
    )
    list.hidden = false
    input.setAttribute('aria-expanded', 'true')
    select(options()[0])
  }

  input.addEventListener('focus', () => Promise.all([load('minisearch.js'), load('search-data.js')]))
  input.addEventListener('input', show)
  input.addEventListener('keydown', (event) => {
    if (list.hidden) return
    const all = options()
    const at = all.findIndex((option) => option.getAttribute('aria-selected') === 'true')
    if (event.key === 'ArrowDown') select(all[(at + 1) % all.length])
    else if (event.key === 'ArrowUp') select(all[(at - 1 + all.length) % all.length])
    else if (event.key === 'Enter') all[at]?.click()
    else if (event.key === 'Escape') close()
    else return
    event.preventDefault()
  })
  list.addEventListener('click', () => close())
  document.addEventListener('click', (event) => {
    if (!event.target.closest('.search')) close()
  })
  document.addEventListener('keydown', (event) => {
    if (
      event.key !== '/' ||
      event.ctrlKey ||
      event.metaKey ||
      event.target.closest('input, select, textarea')
    )
      return
    event.preventDefault()
    input.focus()
    input.select()
  })
}
