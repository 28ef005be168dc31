import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Certificate, prepareTls } from '../mocks/server/tls-authority.ts'

/** A fictive authority of its own, a server's certificate of its, and how it makes one for a structure (`Struct_IdNat` in the OU). */
export async function autoriteDeTest(): Promise<{ ca: string; serveur: Certificate; structure: (identifiant: string) => Promise<Certificate> }> {
  const folder = mkdtempSync(join(tmpdir(), 'bac-tls-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const { ca, server } = await prepareTls(folder, { hosts: [], organisations: [] })
  return {
    ca,
    serveur: server,
    async structure(id) {
      const { certFile, keyFile } = (await prepareTls(folder, { hosts: [], organisations: [{ id, name: 'Logiciel' }] })).organisations.get(id)!
      return { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') }
    },
  }
}
