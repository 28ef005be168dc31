/**
 * Attachment: what has just appeared comes into view inside its pane, without moving what is already visible. Whoever looks at a
 * demonstration, or uses a small screen, sees what the last gesture did.
 */
export function montrer(node: HTMLElement): void {
  const calme = matchMedia('(prefers-reduced-motion: reduce)').matches
  node.scrollIntoView({ block: 'nearest', behavior: calme ? 'auto' : 'smooth' })
}
