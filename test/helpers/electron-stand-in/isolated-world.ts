/**
 * The preload's world, as source for `Page.addScriptToEvaluateOnNewDocument`: a real isolated world of the real
 * Chromium. `toMain` is a CDP binding; `fromMain` is called by evaluation. What the preload exposes reaches the page's
 * world through a DOM event, which both worlds see, at once.
 */
const EXPOSE = 'electron-stand-in-expose'

export const mainWorldSource = `
addEventListener(${JSON.stringify(EXPOSE)}, event => {
  const { name, value } = JSON.parse(event.detail)
  Object.defineProperty(window, name, { value, enumerable: true })
})`

export const isolatedWorldSource = (preload: string): string => `
{
  const listeners = new Map()
  const ports = new Map()
  const encode = value => JSON.stringify(value, (_key, field) =>
    field instanceof Uint8Array ? { $bytes: btoa(String.fromCharCode(...field)) } : field)
  const decode = text => JSON.parse(text, (_key, field) => field && typeof field === 'object' && '$bytes' in field
    ? Uint8Array.from(atob(field.$bytes), character => character.charCodeAt(0)) : field)
  const toMain = told => globalThis.toMain(encode(told))
  globalThis.fromMain = text => {
    const told = decode(text)
    if (told.kind === 'port') return ports.get(told.port)?.postMessage(told.data)
    if (told.kind === 'port-closed') return ports.get(told.port)?.close()
    const carried = told.ports.map(id => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = ({ data }) => toMain({ kind: 'port', port: id, data })
      ports.set(id, port1)
      return port2
    })
    for (const listener of listeners.get(told.channel) ?? []) listener({ ports: carried }, told.message)
  }
  const electron = {
    contextBridge: {
      exposeInMainWorld(name, value) {
        dispatchEvent(new CustomEvent(${JSON.stringify(EXPOSE)}, { detail: JSON.stringify({ name, value }) }))
      },
    },
    ipcRenderer: {
      send: (channel, ...args) => toMain({ kind: 'ipc', channel, args }),
      on(channel, listener) {
        listeners.set(channel, [...(listeners.get(channel) ?? []), listener])
      },
    },
  }
  const require = name => {
    if (name === 'electron') return electron
    throw new Error('A sandboxed preload cannot require ' + name)
  }
  const module = { exports: {} }
  ;(function (require, module, exports) {${preload}
  })(require, module, module.exports)
}`
