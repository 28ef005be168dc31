import { execFileSync, spawnSync } from 'node:child_process'

/** Debian's packages of each program; mbsync knows PLAIN by the second. */
const WANTED = { curl: 'curl', swaks: 'swaks', mbsync: 'isync libsasl2-modules', mutt: 'mutt', python3: 'python3', script: 'bsdutils' } as const

/** Installs what is missing. @throws {Error} it cannot be installed here: nothing is left out in silence. */
export default function setup(): void {
  const missing = Object.entries(WANTED).filter(([program]) => spawnSync('which', [program]).status !== 0)
  if (missing.length === 0) return
  const packages = missing.flatMap(([, debian]) => debian.split(' '))
  if (process.getuid?.() !== 0 || spawnSync('which', ['apt-get']).status !== 0)
    throw new Error(`Missing: ${packages.join(', ')}. Install them, or run as root on Debian, where they are installed for you.`)
  console.log(`Installing ${packages.join(', ')}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  execFileSync('apt-get', ['update', '--quiet'], { stdio: 'ignore', env })
  execFileSync('apt-get', ['install', '--yes', '--quiet', '--no-install-recommends', ...packages], { stdio: 'ignore', env })
}
