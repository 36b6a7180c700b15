/** The filters of the page of all requirements; the address keeps them. */
{
  const form = document.getElementById('filters')
  const shown = document.getElementById('shown')
  const rows = [...document.querySelectorAll('tr[data-id]')]
  const controls = [...form.querySelectorAll('[name]')]
  form.hidden = false

  const apply = async () => {
    const query = form.elements.q.value.trim()
    const found = query === '' ? undefined : new Set((await window.S2_FIND(query)).map(({ id }) => id))
    if (query !== form.elements.q.value.trim()) return
    const chosen = controls.filter(({ name, value }) => name !== 'q' && value !== '')
    let count = 0
    for (const row of rows) {
      const isShown =
        (found === undefined || found.has(row.dataset.id)) &&
        chosen.every(({ name, value }) => row.dataset[name] === value)
      row.hidden = !isShown
      if (isShown) count += 1
    }
    shown.textContent =
      count === rows.length ? `${count} requirements` : `${count} of ${rows.length} requirements`
    const parameters = new URLSearchParams(
      controls.filter(({ value }) => value !== '').map(({ name, value }) => [name, value]),
    )
    try {
      history.replaceState(null, '', parameters.size === 0 ? location.pathname : `?${parameters}`)
    } catch {
      // A page from a file may not change its address in every browser.
    }
  }

  for (const [name, value] of new URLSearchParams(location.search)) {
    if (form.elements[name]) form.elements[name].value = value
  }
  form.addEventListener('input', apply)
  form.addEventListener('submit', (event) => event.preventDefault())
  form.addEventListener('reset', () => setTimeout(apply))
  apply()
}
