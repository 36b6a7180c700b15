/** The choice of light or dark, by the button. */
{
  const button = document.getElementById('theme')
  const stored = () => {
    try {
      return localStorage.getItem('theme')
    } catch {
      return null
    }
  }
  const apply = (theme) => {
    if (theme) document.documentElement.dataset.theme = theme
  }
  apply(stored())
  button.hidden = false
  button.addEventListener('click', () => {
    const isDark =
      getComputedStyle(document.documentElement).colorScheme === 'dark' ||
      (!document.documentElement.dataset.theme && matchMedia('(prefers-color-scheme: dark)').matches)
    const theme = isDark ? 'light' : 'dark'
    apply(theme)
    try {
      localStorage.setItem('theme', theme)
    } catch {
      // Some browsers keep nothing for pages from a file: the choice holds for this page.
    }
  })
}
