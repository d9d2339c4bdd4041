import type { Port } from '../../shared/rpc/port.ts'

/** The two ports that every shell gives its page. */
export interface ShellPorts {
  readonly engine: Port
  readonly host: Port
  /** True once the shell has said that it does not know this page's session: only opening Lanyard anew helps. */
  isRefused(): boolean
}

export type ConnectShell = () => Promise<ShellPorts>
