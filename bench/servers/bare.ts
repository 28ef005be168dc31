// The floor: node:http alone. Reads the whole request, sends back a fixed answer of as many bytes as asked.
import { createServer } from 'node:http'

const answer = Buffer.alloc(Number(process.argv[2] ?? 900), 'x')

const server = createServer((request, response) => {
  request.on('data', () => {})
  request.on('end', () => {
    response.writeHead(200, { 'content-type': 'application/soap+xml; charset=utf-8', 'content-length': answer.length })
    response.end(answer)
  })
})

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address && typeof address === 'object') console.log(`http://127.0.0.1:${address.port}`)
})
