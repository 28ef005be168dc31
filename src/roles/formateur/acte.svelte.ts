/** One act of the trainer on the world: under way, done, or refused with its reason. */
export class Acte {
  enCours = $state(false)
  /** French; `''` when there is nothing to say. */
  fait = $state('')
  refus = $state('')

  /** Runs `work`; what it returns is told as done, what it throws as the reason of the refusal. */
  async faire(work: () => Promise<string | undefined | void>): Promise<void> {
    if (this.enCours) return
    this.enCours = true
    this.fait = ''
    this.refus = ''
    try {
      this.fait = (await work()) ?? ''
    } catch (error) {
      this.refus = error instanceof Error ? error.message : String(error)
    } finally {
      this.enCours = false
    }
  }
}
