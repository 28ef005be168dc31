import type { ProfessionnelFictif } from '../database/distribution.ts'
import type { Answer } from '../kit/message.ts'

/** The pages of the simulated service: no script, nothing from elsewhere. */

const STYLE = `:root{color-scheme:light dark}
*{box-sizing:border-box}
body{font:1rem/1.5 system-ui,sans-serif;margin:0;color:light-dark(#1d2433,#e8ebf2);background:light-dark(#f3f5f9,#14171e)}
main{max-width:38rem;margin:0 auto;padding:1rem}
h1{font-size:1.35rem;line-height:1.25;margin:.5rem 0}
p{margin:.5rem 0}
.simulation{margin:0;padding:.6rem 1rem;text-align:center;color:light-dark(#4a2450,#f0d6f3);background:light-dark(#f2e6f3,#38273a);border-bottom:2px solid light-dark(#6b3a70,#dcaae0)}
.avis{padding:.6rem .8rem;border-left:4px solid light-dark(#9c2727,#f6a29a);background:light-dark(#f9e3df,#402321)}
fieldset{border:0;margin:1rem 0;padding:0}legend{font-weight:600;padding:0;margin-bottom:.4rem}
label,article{display:flex;gap:.7rem;align-items:flex-start;padding:.6rem .8rem;margin:.4rem 0;background:light-dark(#fff,#1e232d);border:1px solid light-dark(#c6ccd8,#465063);border-radius:.5rem}
label:has(:checked){border-color:light-dark(#24408e,#a9b9f6);outline:1px solid light-dark(#24408e,#a9b9f6)}
label small{display:block;color:light-dark(#4b5568,#b4bccb);overflow-wrap:anywhere}
input[type=radio]{margin:.35rem 0 0;inline-size:1.1rem;block-size:1.1rem;flex:none}
article{flex-direction:column}
.chiffres{font-size:2rem;line-height:1;font-weight:700;letter-spacing:.15em;font-variant-numeric:tabular-nums}
.gestes{display:flex;flex-wrap:wrap;gap:.6rem;margin:1rem 0}
button{font:inherit;min-height:2.75rem;padding:.5rem 1rem;border-radius:.5rem;border:1px solid light-dark(#24408e,#a9b9f6);color:light-dark(#24408e,#c6d1fa);background:transparent;cursor:pointer}
button.premier{color:light-dark(#fff,#14171e);background:light-dark(#24408e,#a9b9f6)}
:focus-visible{outline:3px solid light-dark(#b45f00,#efc46d);outline-offset:2px}
code{overflow-wrap:anywhere}`

/** @param retour an origin or a scheme the answer of the form may lead to: browsers hold `form-action` against redirections too. */
export const html = (body: string, status = 200, retour = ''): Answer => ({
  status,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; form-action 'self'${retour && ` ${retour}`}; base-uri 'none'; frame-ancestors 'self'`,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  },
  body,
})

const texte = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')

const page = (titre: string, contenu: string): string =>
  `<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${texte(titre)} — simulation</title><style>${STYLE}</style></head><body>
<header class="simulation"><strong>Simulation</strong> — bac à santé : ceci n’est pas Pro Santé Connect, les personnes sont fictives.</header>
<main><h1>${texte(titre)}</h1>
${contenu}
</main></body></html>`

export interface PageConnexion {
  readonly action: string
  readonly client: string
  /** Parameters of the request, given back by the form. */
  readonly portes: readonly (readonly [string, string])[]
  readonly personnes: readonly ProfessionnelFictif[]
  /** National id ticked at first. */
  readonly choisi: string
  /** Wrong codes so far. */
  readonly essais: number
  readonly avis?: string
}

export function pageConnexion({ action, client, portes, personnes, choisi, essais, avis }: PageConnexion): string {
  const cache = ([nom, valeur]: readonly [string, string]) => `<input type="hidden" name="${texte(nom)}" value="${texte(valeur)}">`
  const coche = personnes.some(({ carte }) => carte.identifiant === choisi) ? choisi : personnes[0]?.carte.identifiant
  const choix = ({ nomAffiche, role, carte }: ProfessionnelFictif) =>
    `<label><input type="radio" name="identifiant" value="${texte(carte.identifiant)}"${carte.identifiant === coche ? ' checked' : ''}><span><strong>${texte(nomAffiche)}</strong> — ${texte(carte.profession.libelle)}<small>${texte(carte.structure.nom)} · ${texte(carte.identifiant)}</small><small>${texte(role)}</small></span></label>`
  return page(
    'Se connecter à la place d’un professionnel fictif',
    `<p>Le logiciel <code>${texte(client)}</code> demande qui vous êtes.</p>
${avis === undefined ? '' : `<p class="avis" role="alert">${texte(avis)}</p>`}
<form method="post" action="${texte(action)}">
${[...portes, ['essais', String(essais)] as const].map(cache).join('')}
<fieldset><legend>Qui se connecte ?</legend>
${personnes.map(choix).join('\n')}
</fieldset>
<p class="gestes"><button class="premier" name="geste" value="connecter">Se connecter</button><button name="geste" value="mauvais-code">Saisir un mauvais code</button><button name="geste" value="refuser">Refuser</button></p>
</form>`,
  )
}

/** Status 400, and nobody is sent anywhere. */
export const pageErreur = (description: string): Answer =>
  html(page('Demande refusée', `<p class="avis" role="alert">${texte(description)}</p><p>Rien n’a été renvoyé au logiciel.</p>`), 400)

export const pageDeconnexion = (finie: boolean): Answer =>
  html(
    page(
      finie ? 'Session finie' : 'Déconnexion',
      finie ? '<p>Vous pouvez fermer cette page.</p>' : '<p>Aucune session n’a été nommée (id_token_hint) : rien n’a changé.</p>',
    ),
  )

/** A request as the simulated phone shows it. */
export interface DemandeMontree {
  readonly id: string
  readonly nom: string
  readonly client: string
  readonly liaison: string
  /** Seconds left. */
  readonly reste: number
}

export function pageEcps(action: string, demandes: readonly DemandeMontree[], avis?: string): string {
  const une = ({ id, nom, client, liaison, reste }: DemandeMontree) =>
    `<article><p><strong>${texte(nom)}</strong> — demandé par <code>${texte(client)}</code></p><p class="chiffres"><span aria-hidden="true">${texte(liaison)}</span></p><p>Vérifiez que le logiciel montre aussi le nombre ${texte(liaison)}. Expire dans ${reste} s (temps simulé).</p>
<form method="post" action="${texte(action)}"><input type="hidden" name="demande" value="${texte(id)}"><p class="gestes"><button class="premier" name="geste" value="accepter">Accepter ${texte(liaison)}</button><button name="geste" value="refuser">Refuser ${texte(liaison)}</button></p></form></article>`
  return page(
    'e-CPS simulée : demandes en attente',
    `${avis === undefined ? '' : `<p class="avis" role="status">${texte(avis)}</p>`}
${demandes.length === 0 ? '<p>Aucune demande. Elles n’attendent ici qu’avec le réglage PSC-CIBA-ACCEPTATION = manuelle.</p>' : demandes.map(une).join('\n')}
<form method="get" action="${texte(action)}"><p class="gestes"><button>Actualiser</button></p></form>`,
  )
}
