import { chromium } from 'playwright-core'
import type { TestProject } from 'vitest/node'
import { BROWSER_ARGS, findBrowser } from '../browser.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the one browser of the run listens. */
    browserEndpoint: string
  }
}

/** Starts one browser for all journeys. */
export default async function setup(project: TestProject) {
  const browser = await chromium.launchServer({ executablePath: findBrowser(), headless: true, args: BROWSER_ARGS })
  project.provide('browserEndpoint', browser.wsEndpoint())
  return async () => {
    await browser.close()
  }
}
