export { createEngine, type Engine, type EngineInit } from './engine.ts'
export type { NetworkOptions } from './session-network.ts'
