import type { WireLink, WireSession } from '../../kit/wire.ts'
import { commandes } from './commandes.ts'
import { SessionImap } from './session.ts'

export const ouvrirSession = (link: WireLink): WireSession => new SessionImap(link, commandes)
