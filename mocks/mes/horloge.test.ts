import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { matriculeIns } from '#standards/ins/traits.ts'
import { peuplerProfils } from '../../test/profils.ts'
import { createTestWorld, type TestWorld } from '../../test/world.ts'
import { personneDeRang } from '../database/population.ts'
import { addDuration, readDuration } from '../kit/duration.ts'

const JOUR = 86_400_000

async function ouvrir(nombre: number): Promise<TestWorld & { matricules: string[] }> {
  const monde = await createTestWorld()
  onTestFinished(() => monde.close())
  return { ...monde, matricules: await peuplerProfils(monde.world, nombre) }
}

const dans = (monde: TestWorld, duree: string): number => addDuration(monde.world.now(), readDuration(duree)!)
const etat = async (monde: TestWorld, matricule: string) => (await monde.send('GET', `/mes/api/profils/${matricule}`)).json()

describe('l’horloge', () => {
  test('MES-DELAIS-HORLOGE : douze ans d’un coup ou jour par jour donnent le même monde, identifiants compris', async () => {
    const [dUnCoup, parJour] = [await ouvrir(240), await ouvrir(240)]
    const fin = dans(dUnCoup, 'P12Y')
    const { fired, complete } = await dUnCoup.running.time.set(fin, 'frozen')
    expect([fired.length > 200, complete]).toEqual([true, true])
    for (let le = parJour.world.now() + JOUR; le < fin; le += JOUR) await parJour.running.time.set(le, 'frozen')
    await parJour.running.time.set(fin, 'frozen')
    expect(await parJour.running.store.dump()).toEqual(await dUnCoup.running.store.dump())
  })

  test('MES-DELAIS-HORLOGE : de n’importe quel découpage du temps sort le même monde, actes du patient compris', async () => {
    const attendu = new Map<string, unknown>()
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 400 * 24 }), { maxLength: 8 }),
        fc.constantFrom('P7W', 'P4M', 'P3Y'),
        async (heures, quand) => {
          const monde = await ouvrir(40)
          const acte = dans(monde, quand)
          const fin = dans(monde, 'P11Y')
          const pas = heures.reduce<number[]>((liste, h) => [...liste, (liste.at(-1) ?? monde.world.now()) + h * 3_600_000], [])
          for (const le of pas.filter((un) => un < acte)) await monde.running.time.set(le, 'frozen')
          await monde.running.time.set(acte, 'frozen')
          await monde.send('POST', `/mes/api/profils/${monde.matricules[1]}/actes/fermer-et-supprimer`)
          await monde.send('POST', `/mes/api/profils/${monde.matricules[2]}/actes/fermer`)
          for (const le of pas.filter((un) => un > acte && un < fin)) await monde.running.time.set(le, 'frozen')
          await monde.running.time.set(fin, 'frozen')
          const dump = await monde.running.store.dump()
          if (!attendu.has(quand)) attendu.set(quand, dump)
          expect(dump).toEqual(attendu.get(quand))
        },
      ),
      { numRuns: 12 },
    )
  })

  test('une personne que personne n’a touchée est la même, ouverte avant ou après le saut', async () => {
    const [avant, apres] = [await ouvrir(0), await ouvrir(0)]
    for (let rang = 1; rang < 60_000_000; rang += 2_999_999) {
      const matricule = matriculeIns(personneDeRang(rang).ins)
      const vu = await etat(avant, matricule)
      if (vu['etat'] === undefined) continue
      // Keeping it: an act that changes nothing else.
      await avant.send('PUT', `/mes/api/profils/${matricule}/preferences`, { body: {} })
    }
    await avant.advance('P11Y')
    await apres.advance('P11Y')
    let compares = 0
    for (let rang = 1; rang < 60_000_000; rang += 2_999_999) {
      const matricule = matriculeIns(personneDeRang(rang).ins)
      const [un, autre] = [await etat(avant, matricule), await etat(apres, matricule)]
      expect(un).toEqual(autre)
      compares += Number(un['etat'] !== undefined)
    }
    expect(compares).toBeGreaterThan(15)
  })
})

describe('l’aperçu de ce qui va arriver', () => {
  test('dit qui, quand et par quelle règle, enchaînements compris, et ne change rien', async () => {
    const monde = await ouvrir(0)
    const avant = await monde.running.store.dump()
    const vu = (await monde.send('GET', '/_sandbox/clock/preview?advance=P11Y')).json<{
      total: number
      complete: boolean
      events: Record<string, string>[]
    }>()
    expect(vu.complete).toBe(true)
    expect(vu.total).toBe(vu.events.length)
    expect(vu.events.map(({ at }) => at)).toEqual(vu.events.map(({ at }) => at).toSorted())
    expect(vu.events).toContainEqual(expect.objectContaining({ name: 'Basile Safran', rule: 'MES-OPPOSITION-6-SEMAINES', service: 'mes' }))
    // Suspended, then closed, then erased ten years later: the second delay exists only once the first has passed.
    const marc = vu.events.filter(({ name, rule }) => name === 'Marc Pluviôse' && rule !== 'MES-PREVENTION-RAPPEL').map(({ rule }) => rule)
    expect(marc).toEqual(['MES-SUSPENSION-6-SEMAINES', 'MES-ARCHIVE-10-ANS'])
    expect(await monde.running.store.dump()).toEqual(avant)
    const { fired } = await monde.running.time.set(dans(monde, 'P11Y'), 'frozen')
    // All that was said comes true; what is not said is what nobody reads, whose profile is not open.
    const dits = new Set(vu.events.map(({ at, what, subject }) => `${at} ${what} ${subject}`))
    const [vus, tus] = [true, false].map((dit) =>
      fired.filter(({ dueAt, what, subject }) => dits.has(`${new Date(dueAt).toISOString()} ${what} ${subject}`) === dit),
    )
    expect(vus).toHaveLength(vu.events.length)
    expect(new Set(tus!.map(({ what }) => what))).toEqual(new Set(['rappelPrevention']))
  })

  test('après un aperçu, les identifiants tirés sont les mêmes que sans lui', async () => {
    const [avec, sans] = [await ouvrir(0), await ouvrir(0)]
    await avec.send('GET', '/_sandbox/clock/preview?advance=P1Y')
    await avec.advance('P1Y')
    await sans.advance('P1Y')
    expect(await avec.running.store.dump()).toEqual(await sans.running.store.dump())
  })

  test.each(['', '?advance=demain', '?until=2026-13-01', '?advance=P9999Y'])('« %s » est refusé', async (query) => {
    const monde = await ouvrir(0)
    expect((await monde.send('GET', `/_sandbox/clock/preview${query}`)).status).toBe(400)
  })
})
