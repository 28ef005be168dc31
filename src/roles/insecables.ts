/** French punctuation that never begins a line: the space before it does not break. */
export const insecables = (texte: string): string => texte.replaceAll(/ ([:;!?»])/g, '\u00A0$1').replaceAll('« ', '«\u00A0')
