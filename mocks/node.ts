/**
 * The country inside a Node process, for somebody's own tests:
 *
 *     const sandbox = createSandbox({ date: '2026-11-23' })
 *     const server = setupServer(...createHandlers(sandbox))   // msw/node
 */
export { createHandlers } from './handlers.ts'
export type { Sandbox } from './sandbox/sandbox.ts'
export { type NodeSandboxOptions, createSandbox } from './server/in-memory.ts'
