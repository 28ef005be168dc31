import { json, noContent } from '../../kit/answers.ts'
import type { Answer, Route } from '../../kit/message.ts'
import { noterActe } from '../annoncer.ts'
import { type Appel, absent, gestion, lecture, lireCorps, mauvaiseDemande, refuser, texteDe } from '../page.ts'
import { UN } from '../routes-profil.ts'
import { blocages, cleDuLien } from '../store.ts'
import { estIdentifiant, medecinTraitantDe, sansAccents, tous, trouver } from './professionnels.ts'
import { estRole, reglesConfidentialite, refusDuRole, refusMedecinTraitant, type Role, ROLES } from './rules.ts'
import { avisDuMedecin, type ProfessionnelAjoute, professionnelsAjoutes, professionnelsDe, type RoleDonne, roles, rolesDe } from './store.ts'

/** Those one may choose, by a part of the name, of the profession or of the structure. */
const chercher: Route['handle'] = async ({ query }, world, exchange) => {
  exchange.name('Mon espace santé · annuaire des professionnels')
  const parameters = new URLSearchParams(query)
  const nom = (parameters.get('nom') ?? '').trim()
  const genre = parameters.get('genre') ?? ''
  if (nom.length > 100) return mauvaiseDemande('« nom » a 100 caractères au plus.')
  if (!['', 'PS', 'ORGANISATION'].includes(genre)) return mauvaiseDemande('« genre » : PS ou ORGANISATION.')
  const mots = sansAccents(nom).split(/\s+/).filter(Boolean)
  const trouves = (await tous(world)).filter((un) => {
    const texte = sansAccents(`${un.nom} ${un.profession.libelle} ${un.structure}`)
    return (genre === '' || un.genre === genre) && mots.every((mot) => texte.includes(mot))
  })
  exchange.summarise(`${trouves.length} professionnel${trouves.length > 1 ? 's' : ''} ou structure${trouves.length > 1 ? 's' : ''}`)
  return json({ professionnels: trouves })
}

async function lister({ world, exchange, matriculeIns, distribution }: Appel): Promise<Answer> {
  const medecinTraitant = await medecinTraitantDe(world, distribution)
  exchange.respected(reglesConfidentialite['MES-MEDECIN-TRAITANT-ASSURANCE-MALADIE'])
  return json({
    medecinTraitant: medecinTraitant ?? null,
    professionnels: await professionnelsDe(world, matriculeIns),
    roles: await rolesDe(world, matriculeIns),
  })
}

/** Most professionals in the list of one profile. */
const MAXIMUM = 100

/** To one's list, and nothing else. Twice: only the date changes. */
async function ajouter({ world, exchange, message, matriculeIns, parameters, auteur }: Appel): Promise<Answer> {
  const corps = lireCorps(message)
  if (typeof corps === 'string') return mauvaiseDemande(corps)
  const [identifiant, nomDonne] = [parameters['identifiant'] ?? '', texteDe(corps, 'nom', 100)]
  if (!estIdentifiant(identifiant) || nomDonne === undefined)
    return mauvaiseDemande('L’identifiant est un PS_IdNat ou un Struct_IdNat ; « nom », facultatif, a 100 caractères au plus.')
  const { nom, genre, profession, structure } = await trouver(world, identifiant, nomDonne)
  const id = cleDuLien(matriculeIns, identifiant)
  const ajoute: ProfessionnelAjoute = { id, matriculeIns, identifiant, nom, genre, profession: profession.libelle, structure, le: world.now() }
  const fait = await world.atomically(async (inside) => {
    const deja = await inside.store.get(professionnelsAjoutes, id)
    if (!deja && (await professionnelsDe(inside, matriculeIns)).length >= MAXIMUM) return false
    await inside.store.put(professionnelsAjoutes, ajoute)
    if (!deja) await noterActe(inside, matriculeIns, auteur, `${nom} est dans votre liste de professionnels, sans accès à votre dossier.`)
    return true
  })
  if (!fait) return mauvaiseDemande(`La liste compte ${MAXIMUM} professionnels au plus.`)
  exchange.respected(reglesConfidentialite['MES-LISTE-SANS-ACCES'])
  exchange.summarise(`${nom} est ajouté à la liste`)
  return json(ajoute, 201)
}

async function retirer({ world, exchange, matriculeIns, parameters, auteur }: Appel): Promise<Answer> {
  const id = cleDuLien(matriculeIns, parameters['identifiant'] ?? '')
  const retire = await world.atomically(async (inside) => {
    const ajoute = await inside.store.get(professionnelsAjoutes, id)
    if (!ajoute) return undefined
    await inside.store.delete(professionnelsAjoutes, id)
    await noterActe(inside, matriculeIns, auteur, `${ajoute.nom} n’est plus dans votre liste de professionnels.`)
    return ajoute
  })
  if (!retire) return absent('Professionnel inconnu', 'Il n’est pas dans votre liste.')
  exchange.summarise(`${retire.nom} est retiré de la liste`)
  return noContent()
}

const roleInconnu = (): Answer => absent('Rôle inconnu', `Rôles : ${Object.keys(ROLES).join(', ')}.`)

/** One professional at most has each role: naming another one replaces. */
async function nommer({ world, exchange, message, matriculeIns, parameters, auteur }: Appel): Promise<Answer> {
  const role = parameters['role'] ?? ''
  if (role === 'medecin-traitant') return refuser(refusMedecinTraitant(), exchange)
  if (!estRole(role)) return roleInconnu()
  const corps = lireCorps(message)
  if (typeof corps === 'string') return mauvaiseDemande(corps)
  const [identifiant, nomDonne] = [texteDe(corps, 'identifiant', 100), texteDe(corps, 'nom', 100)]
  if (!identifiant || nomDonne === undefined || !estIdentifiant(identifiant))
    return mauvaiseDemande('« identifiant » est le PS_IdNat du professionnel.')
  const professionnel = await trouver(world, identifiant, nomDonne)
  const { nom } = professionnel
  const donne: RoleDonne = { id: cleDuLien(matriculeIns, role), matriculeIns, role, identifiant, nom, le: world.now() }
  const refus = await world.atomically(async (inside) => {
    const bloque = (await inside.store.get(blocages, cleDuLien(matriculeIns, identifiant))) !== undefined
    const non = refusDuRole(role, professionnel, bloque)
    if (non) return non
    await inside.store.put(roles, donne)
    await noterActe(inside, matriculeIns, auteur, `${ROLES[role].libelle} : ${nom}.`)
    return undefined
  })
  if (refus) return refuser(refus, exchange)
  exchange.respected(reglesConfidentialite[role === 'administrateur' ? 'MES-ADMINISTRATEUR' : 'MES-ROLE-PROFESSION'])
  exchange.summarise(`${ROLES[role].libelle} : ${nom}`)
  return json(donne)
}

async function relever({ world, exchange, matriculeIns, parameters, auteur }: Appel): Promise<Answer> {
  const role = parameters['role'] ?? ''
  if (role === 'medecin-traitant') return refuser(refusMedecinTraitant(), exchange)
  if (!estRole(role)) return roleInconnu()
  const id = cleDuLien(matriculeIns, role satisfies Role)
  const releve = await world.atomically(async (inside) => {
    const donne = await inside.store.get(roles, id)
    if (!donne) return undefined
    await inside.store.delete(roles, id)
    await noterActe(inside, matriculeIns, auteur, `${ROLES[role].libelle} : ${donne.nom} ne l’est plus.`)
    return donne
  })
  if (!releve) return absent('Rôle vacant', 'Personne n’a ce rôle.')
  exchange.summarise(`${ROLES[role].libelle} : plus personne`)
  return noContent()
}

/** What a médecin traitant was told of emergencies. The real notice goes by mail; this list is the sandbox's own. */
const avis: Route['handle'] = async (_message, world, exchange, parameters) => {
  exchange.name('Mon espace santé · avis au médecin traitant')
  const identifiant = parameters['identifiant'] ?? ''
  if (!estIdentifiant(identifiant)) return mauvaiseDemande('L’identifiant est un PS_IdNat.')
  exchange.respected(reglesConfidentialite['MES-URGENCE-AVIS'])
  return json({ avis: await avisDuMedecin(world, identifiant) })
}

const ANNUAIRE = '/mes/api/professionnels'

export const routesProfessionnels: readonly Route[] = [
  { method: 'GET', path: ANNUAIRE, handle: chercher },
  { method: 'GET', path: `${ANNUAIRE}/{identifiant}/avis`, handle: avis },
  { method: 'GET', path: `${UN}/professionnels`, handle: lecture('mes professionnels', lister) },
  { method: 'PUT', path: `${UN}/professionnels/{identifiant}`, handle: gestion('ajout d’un professionnel', ajouter) },
  { method: 'DELETE', path: `${UN}/professionnels/{identifiant}`, handle: gestion('retrait d’un professionnel', retirer) },
  { method: 'PUT', path: `${UN}/roles/{role}`, handle: gestion('rôle d’un professionnel', nommer) },
  { method: 'DELETE', path: `${UN}/roles/{role}`, handle: gestion('fin d’un rôle', relever) },
]
