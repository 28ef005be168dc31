/** Whether a message from a professional ends the exchanges with the patient, and by which mark. @see mssante.md §4.3, rows 2 to 8 */
export function marqueDeFin({ mes, objet }: { readonly mes: string | undefined; readonly objet: string }): 'MSS-FIN' | 'MSS-FIN-OBJET' | undefined {
  if (mes === 'FIN') return 'MSS-FIN'
  return objet === '[FIN]' ? 'MSS-FIN-OBJET' : undefined
}
