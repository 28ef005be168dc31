import { createActor } from 'xstate'
import type { JournalSummary, SandboxEvent } from '../clients/sandbox-types.ts'
import { ActorState } from '../runes/actor-state.svelte.ts'
import { jouerActe, type Scene } from './actes.ts'
import type { Etape, Scenario } from './scenario.ts'
import { suiviScenario } from './suivi.ts'
import { type Constats, type Controle, controler } from './verification.ts'

/** Where a run looks for what really happened, and with what it plays. */
export interface OptionsRun {
  readonly scenario: Scenario
  readonly scene: Scene
  /** Facts but the journal, which is followed by `surEvenement`, and the patient's side. */
  readonly constater: () => Promise<Omit<Constats, 'journal' | 'mes'>>
  /** What the patient sees, read over HTTP: only asked for when a step needs it and something happened. */
  readonly regarderPatient: () => Promise<Constats['mes']>
  /** Exchanges after this one, in order. */
  readonly lireJournal: (after: number) => Promise<readonly JournalSummary[]>
  /** Seq of the last exchange when the run begins. */
  readonly depuis: number
  /** Wait before each gesture of the demonstration, real milliseconds; 1 200 when absent. */
  readonly rythmeMs?: number
}

export interface EtapeSuivie extends Etape {
  readonly rang: number
  readonly faite: boolean
  readonly courante: boolean
  /** Shown by the demonstration rather than done by the trainee. */
  readonly montree: boolean
  readonly controles: readonly Controle[]
  readonly indicesDonnes: readonly string[]
  readonly resteDesIndices: boolean
}

/**
 * One trainee, or one demonstration, going through a scenario. Everything read here follows in a component. Tell it what happens with
 * `surEvenement` and `reviser`; it looks at the facts and recognises the steps by itself.
 */
export class ScenarioRun {
  readonly scenario: Scenario
  readonly #options: OptionsRun
  readonly #actor
  readonly #suivi
  #journal: JournalSummary[] = []
  #dernier: number
  #controles = $state.raw<Readonly<Record<string, readonly Controle[]>>>({})
  #mes: Constats['mes'] = null
  #mesARelire = true
  #revision: Promise<void> | undefined
  #encore = false
  #interrompre = false
  #lecture: Promise<void> | undefined
  #ferme = false

  constructor(options: OptionsRun) {
    this.scenario = options.scenario
    this.#options = options
    this.#dernier = options.depuis
    this.#actor = createActor(suiviScenario, { input: { etapes: options.scenario.etapes.map(({ id }) => id) } }).start()
    this.#suivi = new ActorState(this.#actor)
  }

  /** `exercice`, `demonstration` or `termine`. */
  get etat(): 'exercice' | 'demonstration' | 'termine' {
    return this.#suivi.current.value
  }

  get enLecture(): boolean {
    return this.etat === 'demonstration'
  }

  get termine(): boolean {
    return this.etat === 'termine'
  }

  /** What stopped the demonstration, in French; `''` when nothing did. */
  get incident(): string {
    return this.#suivi.current.context.incident
  }

  get etapes(): readonly EtapeSuivie[] {
    const { faites, indices, montrees } = this.#suivi.current.context
    const courante = this.scenario.etapes.find(({ id }) => !faites.includes(id))?.id
    return this.scenario.etapes.map((etape, rang) => {
      const donnes = indices[etape.id] ?? 0
      return {
        ...etape,
        rang: rang + 1,
        faite: faites.includes(etape.id),
        courante: etape.id === courante,
        montree: montrees.includes(etape.id),
        controles: this.#controles[etape.id] ?? etape.verifications.map(({ texte }) => ({ texte, fait: false })),
        indicesDonnes: etape.indices.slice(0, donnes),
        resteDesIndices: donnes < etape.indices.length,
      }
    })
  }

  /** The first step not done yet; undefined at the end. */
  get courante(): EtapeSuivie | undefined {
    return this.etapes.find(({ courante }) => courante)
  }

  /** Steps done and steps in all. */
  get avancement(): { faites: number; total: number } {
    return { faites: this.#suivi.current.context.faites.length, total: this.scenario.etapes.length }
  }

  /** Shows the next hint of a step. */
  donnerIndice(etape: string): void {
    const combien = this.scenario.etapes.find(({ id }) => id === etape)?.indices.length ?? 0
    this.#actor.send({ type: 'apprenant.demandeIndice', etape, combien })
  }

  /** « Faites-le pour moi »: plays this step, and those before it that are not done. */
  faire(etape: string): Promise<void> {
    this.#actor.send({ type: 'apprenant.delegue', etape })
    return this.#jouer(etape)
  }

  /** Plays all that remains at the pace of a demonstration. */
  lire(): Promise<void> {
    this.#actor.send({ type: 'formateur.lance' })
    return this.#jouer(this.scenario.etapes.at(-1)!.id)
  }

  /** Stops after the gesture under way; the trainee may go on by hand. */
  suspendre(): void {
    this.#interrompre = true
    this.#actor.send({ type: 'formateur.suspend' })
  }

  /** Plays the current step only. */
  avancer(): Promise<void> {
    const { courante } = this
    return courante ? this.faire(courante.id) : Promise.resolve()
  }

  /** Forgets what was seen; `depuis` is the last exchange of the world as it is now. Resetting the world is the caller's. */
  recommencer(depuis: number): void {
    this.#interrompre = true
    this.#journal = []
    this.#dernier = depuis
    this.#controles = {}
    this.#mes = null
    this.#mesARelire = true
    this.#actor.send({ type: 'formateur.recommence' })
  }

  /** Each event of the sandbox. */
  surEvenement(event: SandboxEvent | { readonly type: 'repris' }): void {
    // What the phone reads changes nothing, and our own look at it would call for another.
    if (event.type === 'journal' && event.data.service === 'mes' && event.data.method === 'GET') return
    if (event.type === 'journal') this.#retenir(event.data)
    if (event.type === 'repris') void this.#rattraper().then(() => this.reviser(true))
    if (event.type === 'journal' || event.type === 'records') void this.reviser(true)
  }

  /** Looks at the facts again; call it when the desk changes, with `patient` when the patient's side may have changed too. */
  reviser(patient = false): Promise<void> {
    if (patient) this.#mesARelire = true
    if (this.#revision) {
      this.#encore = true
      return this.#revision
    }
    this.#revision = this.#revoir().finally(() => (this.#revision = undefined))
    return this.#revision
  }

  fermer(): void {
    this.#ferme = true
    this.#interrompre = true
    this.#actor.stop()
  }

  async #revoir(): Promise<void> {
    do {
      this.#encore = false
      const constats: Constats = { ...(await this.#options.constater()), journal: this.#journal, mes: await this.#cotePatient() }
      if (this.#ferme) return
      const controles: Record<string, readonly Controle[]> = {}
      for (const etape of this.scenario.etapes) controles[etape.id] = controler(etape, constats)
      this.#controles = controles
      const faites = this.scenario.etapes.map(({ id }) => id).filter((id) => controles[id]!.every(({ fait }) => fait))
      this.#actor.send({ type: 'constat.arrive', faites })
    } while (this.#encore)
  }

  async #cotePatient(): Promise<Constats['mes']> {
    const attendu = this.scenario.etapes.some(({ id, verifications }) => !this.#faite(id) && verifications.some(({ genre }) => genre === 'patient'))
    if (this.#mesARelire && attendu) {
      this.#mesARelire = false
      this.#mes = await this.#options.regarderPatient()
    }
    return this.#mes
  }

  #retenir(entry: JournalSummary): void {
    if (entry.seq <= this.#dernier) return
    this.#dernier = entry.seq
    this.#journal.push(entry)
  }

  async #rattraper(): Promise<void> {
    for (const entry of await this.#options.lireJournal(this.#dernier)) this.#retenir(entry)
  }

  /** Plays step after step up to this one; one demonstration at a time. */
  async #jouer(jusqua: string): Promise<void> {
    await this.#lecture
    if (this.#actor.getSnapshot().value !== 'demonstration') return
    this.#interrompre = false
    this.#lecture = this.#derouler(jusqua).finally(() => (this.#lecture = undefined))
    await this.#lecture
  }

  async #derouler(jusqua: string): Promise<void> {
    try {
      for (const etape of this.scenario.etapes) {
        if (!this.#faite(etape.id)) await this.#montrer(etape)
        if (this.#interrompre) return
        if (etape.id === jusqua) break
      }
      this.#actor.send({ type: 'demonstration.finit' })
    } catch (error) {
      this.#actor.send({ type: 'demonstration.echoue', incident: error instanceof Error ? error.message : String(error) })
    }
  }

  async #montrer(etape: Etape): Promise<void> {
    for (const acte of etape.actes) {
      await pause(this.#options.rythmeMs ?? 1_200)
      if (this.#interrompre) return
      await jouerActe(acte, this.#options.scene)
    }
    // What was done takes a moment to be seen everywhere: the patient's side above all.
    for (let essai = 0; essai < 40; essai++) {
      await this.#rattraper()
      await this.reviser(true)
      if (this.#faite(etape.id) || this.#interrompre) return
      await pause(100)
    }
    throw new Error(`L’étape « ${etape.titre} » a été jouée, mais son effet n’est pas constaté.`)
  }

  #faite(id: string): boolean {
    return this.#actor.getSnapshot().context.faites.includes(id)
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
