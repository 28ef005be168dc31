import { expect, test } from 'vitest'
import { createTestWorld } from '../../../../test/world.ts'
import { fetchOn } from '../../../../test/world-fetch.ts'
import { lireMachine, type Machine, type NomDeMachine } from '../../../clients/machines.ts'
import { BOITE, type Cadre, placer, tracer } from './disposition.ts'
import { commun, type Fleche, lignesDe, poserEtiquettes } from './etiquettes.ts'

const NOMS: readonly NomDeMachine[] = ['profil', 'delegation', 'appariement', 'document', 'contact']

async function lire(nom: NomDeMachine): Promise<Machine> {
  const monde = await createTestWorld()
  try {
    return await lireMachine({ base: '', fetch: fetchOn(monde.sandbox) }, nom)
  } finally {
    await monde.close()
  }
}

const flechesDe = (machine: Machine, places: ReturnType<typeof placer>['places']): Fleche[] =>
  [...Map.groupBy(machine.transitions, ({ de, vers }) => `${de}>${vers}`)].map(([id, transitions]) => {
    const { de, vers } = transitions[0]!
    return { id, de, vers, transitions, ...tracer(places.get(de)!, places.get(vers)!) }
  })

const boites = (places: ReturnType<typeof placer>['places']): Cadre[] =>
  [...places.values()].map(({ x, y }) => ({ x: x - BOITE.largeur / 2, y: y - BOITE.hauteur / 2, ...BOITE }))

const deuxADeux = (cadres: readonly Cadre[]): number =>
  cadres.reduce((total, a, rang) => total + cadres.slice(rang + 1).reduce((t, b) => t + commun(a, b), 0), 0)

test.each(NOMS)('%s : le plan connaît chaque état, aucune boîte n’en couvre une autre, tout tient dans le dessin', async (nom) => {
  const machine = await lire(nom)
  const dessin = placer(machine)
  expect(deuxADeux(boites(dessin.places))).toBe(0)
  for (const { x, y, largeur, hauteur } of [...boites(dessin.places), ...dessin.regions]) {
    expect(Math.min(x, y)).toBeGreaterThanOrEqual(0)
    expect(x + largeur).toBeLessThanOrEqual(dessin.largeur)
    expect(y + hauteur).toBeLessThanOrEqual(dessin.hauteur)
  }
  // A state that no plan knows would stand on a line of its own, after the last one.
  const sans = placer({ ...machine, etats: [...machine.etats, { etat: 'inconnu', libelle: 'Inconnu', annonce: '' }] })
  expect(sans.hauteur).toBeGreaterThan(dessin.hauteur)
})

test.each(NOMS)('%s : de chaque état, les règles des flèches se lisent sans couvrir une boîte ni une autre règle', async (nom) => {
  const machine = await lire(nom)
  const dessin = placer(machine)
  for (const { etat } of machine.etats) {
    const fleches = flechesDe(machine, dessin.places).filter(({ de }) => de === etat)
    const etiquettes = poserEtiquettes(fleches, dessin.places.values(), dessin)
    expect(etiquettes.map(({ id }) => id)).toEqual(fleches.map(({ id }) => id))
    expect({ etat, couvert: deuxADeux([...boites(dessin.places), ...etiquettes]) }).toEqual({ etat, couvert: 0 })
  }
})

test('les codes des règles ne sont jamais abrégés, seulement coupés après un tiret', async () => {
  const { transitions } = await lire('delegation')
  const accepte = transitions.filter(({ evenement }) => evenement === 'delegue.accepte')
  expect(lignesDe({ transitions: accepte }).join('')).toBe('MES-DELEGATION-PREUVEMES-DELEGATION-ATTESTATION+ 4 règles')
})
