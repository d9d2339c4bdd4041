import { registerHooks } from 'node:module'

/**
 * `node --import register.ts out/main/index.cjs` runs the unmodified main bundle: whoever asks for `electron` gets the
 * stand-in. Not covered by it: the OS sandbox, fuses, asar, the real safeStorage, tray and dialogs.
 */
const STAND_IN = new URL('./electron.ts', import.meta.url).href

registerHooks({
  resolve(specifier, context, next) {
    return specifier === 'electron'
      ? { url: STAND_IN, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context)
  },
})
