const JOUR = 86_400_000

/** How far away, in the words of daily life. @param le simulated milliseconds, like `maintenant` */
export function dansCombien(le: number, maintenant: number): string {
  const minutes = Math.ceil((le - maintenant) / 60_000)
  if (minutes <= 90) return `dans ${Math.max(1, minutes)} minute${minutes > 1 ? 's' : ''}`
  const jours = Math.ceil((le - maintenant) / JOUR)
  if (jours <= 1) return 'd’ici demain'
  if (jours < 60) return `dans ${jours} jours`
  return jours < 730 ? `dans ${Math.round(jours / 30.4)} mois` : `dans ${Math.round(jours / 365.25)} ans`
}
