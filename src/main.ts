import './styles/index.css'
import { mount } from 'svelte'
import App from './App.svelte'
import type { Demarrage } from './app/demarrage.ts'

const host = document.querySelector<HTMLMetaElement>('meta[name="bac-a-sante-host"]')?.content ?? 'page'

/** `/w/atelier/…` on a server, `?monde=atelier` in the page; the default world otherwise. */
const monde = /^\/w\/([a-z0-9-]{1,40})(?:\/|$)/.exec(location.pathname)?.[1] ?? new URLSearchParams(location.search).get('monde') ?? 'default'

/** On a server the services answer for real; in the page, they are started here. This file alone knows both sides. */
async function demarrer(): Promise<Demarrage> {
  if (host === 'server') return { mode: 'server' }
  const { startInPage } = await import('../mocks/browser.ts')
  return await startInPage()
}

const app = document.getElementById('app')
if (app) mount(App, { target: app, props: { monde, demarrage: demarrer() } })
