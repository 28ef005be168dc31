// A server of the toy service in a process of its own, to be killed: `node toy-server.ts <data folder>`. Prints its address.
import { startServer } from '../../mocks/server.ts'
import { toy } from './toy-service.ts'

const { origin } = await startServer({ port: 0, services: [toy], data: process.argv[2]! })
console.log(origin)
