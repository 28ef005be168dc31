import { fireEvent, screen } from '@testing-library/svelte'

/** Chooses in a list. Svelte asks which option is `:checked`, a word that happy-dom knows of inputs only. @param valeur of the option */
export async function choisir(libelle: string, valeur: string): Promise<void> {
  const liste = await screen.findByLabelText<HTMLSelectElement>(libelle)
  liste.querySelector = () => [...liste.options].find((option) => option.value === valeur) ?? null
  await fireEvent.change(liste, { target: { value: valeur } })
}
