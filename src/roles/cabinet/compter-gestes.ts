import type { Poste } from '../../conversations/poste.ts'

/** What counts as a click: anything that acts. Going to a field to type does not. */
const GESTES = 'button, a[href], summary, select, input[type=checkbox], input[type=radio], [role=tab]'

/** Attachment: counts the clicks made inside, by mouse, finger or keyboard, before anything acts on them. */
export const compterGestes = (poste: Poste) => (node: HTMLElement) => {
  const compter = (event: MouseEvent) => {
    if (event.target instanceof Element && event.target.closest(GESTES)) poste.compterGeste()
  }
  node.addEventListener('click', compter, true)
  return () => node.removeEventListener('click', compter, true)
}
