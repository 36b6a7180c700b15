export interface Contrast {
  readonly text: string
  /** 1 to 21, by the formula of WCAG 2. */
  readonly contrast: number
}

/** What stands in a page and how well it stands out: an expression for the page, which knows the DOM as we do not. */
export const CONTRASTS: string = String.raw`(() => {
  const parse = (colour) => [...colour.matchAll(/[\d.]+/g)].map(Number)
  const luminance = (colour) => {
    const [r, g, b] = colour.map((value) => {
      const share = value / 255
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const groundOf = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor)
      if ((colour[3] ?? 1) > 0) return colour
    }
    return [255, 255, 255]
  }
  const seen = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement
    const text = walker.currentNode.textContent.trim()
    if (text === '' || /^(script|style|title)$/i.test(element.tagName) || !element.checkVisibility()) continue
    const style = getComputedStyle(element)
    const isDrawn = element instanceof SVGElement
    const bar = isDrawn ? element.closest('.op')?.querySelector('rect') : undefined
    const ground = bar ? parse(getComputedStyle(bar).fill) : groundOf(element)
    const both = [luminance(parse(isDrawn ? style.fill : style.color)), luminance(ground)]
    const contrast = (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05)
    seen.push({ text: text.slice(0, 40), contrast })
  }
  return seen
})()`
