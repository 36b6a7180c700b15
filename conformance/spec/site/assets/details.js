/** Opens and closes what can be folded. */
{
  /** Opens what holds the element that the address names. */
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)))
    let opened = false
    for (let at = target; at; at = at.parentElement) {
      if (at.tagName !== 'DETAILS' || at.open) continue
      at.open = true
      opened = true
    }
    if (opened) target.scrollIntoView()
  }
  window.addEventListener('hashchange', reveal)
  reveal()

  /** The list of pages is folded on a phone, and the contents where they are above the text. */
  const fold = (selector, query) => {
    const details = document.querySelector(selector)
    const narrow = matchMedia(query)
    const apply = () => {
      if (details) details.open = !narrow.matches
    }
    narrow.addEventListener('change', apply)
    apply()
  }
  fold('.pages', '(max-width: 56rem)')
  fold('.contents', '(max-width: 84rem)')
  const current = document.querySelector('.pages [aria-current]')
  if (current) current.closest('details').scrollTop = current.offsetTop - 200
}
