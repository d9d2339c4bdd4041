import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'

/**
 * A laboratory of hosts on switches, in network namespaces: everything is born inside namespaces and dies with them,
 * the machine's own interfaces are never touched. Linux, root and `ip` (iproute2) are needed.
 */
export interface Lab {
  /** A host with `eth0` plugged into the first switch or the given one; without a default route unless one is given. */
  addHost(name: string, cidr: string, options?: { gateway?: string; ipv6?: boolean; on?: Switch }): LabHost
  addSwitch(name: string): Switch
  /** Forwards between switches, multicast not; `cidrs` are its own addresses there. */
  addRouter(name: string, links: readonly { on: Switch; cidr: string }[]): Router
  /** Deletes all namespaces; processes inside must have ended. */
  destroy(): void
}

/** The namespace that holds the bridge. */
export interface Switch {
  readonly namespace: string
}

export interface Router {
  /** Pulls its cable to a switch: the hosts there notice nothing but that nobody beyond it answers. */
  unplug(from: Switch): void
  plug(into: Switch): void
}

export interface LabHost {
  readonly name: string
  readonly namespace: string
  /** Pulls the cable at the switch: the host sees NO-CARRIER. */
  unplug(): void
  plug(): void
  /** TCP ports that somebody listens on at all IPv4 addresses. */
  listeningPorts(): number[]
  /** Another address in the place of the old one, as DHCP may give. */
  renumber(cidr: string): void
  /** Frames that have left `eth0` since it exists. */
  sentFrames(): number
  /** A firewall that drops inbound discovery, or none (needs `nft`). */
  dropDiscovery(port: number): void
  dropNothing(): void
  /** Counts discovery packets from now on (needs `nft`). */
  countDiscovery(port: number): void
  discoveryCount(): number
}

const PREFIX = 'lanyard'

/** As /proc/net/tcp writes it. */
const TCP_LISTEN = '0A'

const run = (file: string, ...args: string[]) =>
  execFileSync(file, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
const ip = (...args: string[]) => run('ip', ...args)

const works = (file: string, ...args: string[]): boolean => {
  try {
    run(file, ...args)
    return true
  } catch (error) {
    if (error instanceof Error) return false // the tool is missing or not allowed: that is the answer
    throw error
  }
}

/** Why the laboratory cannot run here; undefined when it can. */
export const labMissing = (): string | undefined => {
  if (process.platform !== 'linux') return 'network namespaces need Linux'
  if (process.getuid?.() !== 0) return 'network namespaces need root'
  if (!works('ip', '-V')) return 'the command `ip` (package iproute2) is missing'
  const probe = `${PREFIX}-probe-${process.pid}`
  if (!works('ip', 'netns', 'add', probe)) return 'this machine does not allow network namespaces'
  const hasBridge = works('ip', '-n', probe, 'link', 'add', 'br0', 'type', 'bridge')
  const hasVeth = works('ip', '-n', probe, 'link', 'add', 'eth0', 'type', 'veth', 'peer', 'name', 'eth1')
  ip('netns', 'del', probe)
  return hasBridge && hasVeth ? undefined : 'this kernel has no bridge or no veth devices'
}

export const hasFirewall = (): boolean => works('nft', '--version')

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Namespaces whose maker was killed before it could clean up. */
const sweep = () => {
  for (const line of ip('netns', 'list').split('\n')) {
    const [namespace = ''] = line.split(' ')
    const [prefix, pid] = namespace.split('-')
    if (prefix === PREFIX && pid !== undefined && /^\d+$/.test(pid) && !isAlive(Number(pid)))
      ip('netns', 'del', namespace)
  }
}

export const createLab = (): Lab => {
  sweep()
  const lab = `${PREFIX}-${process.pid}-${randomBytes(2).toString('hex')}`
  const namespaces: string[] = []
  const addNamespace = (name: string) => {
    const namespace = `${lab}-${name}`
    ip('netns', 'add', namespace)
    namespaces.push(namespace)
    ip('-n', namespace, 'link', 'set', 'lo', 'up')
    return namespace
  }
  const addSwitch = (name: string): Switch => {
    const namespace = addNamespace(name)
    ip('-n', namespace, 'link', 'add', 'br0', 'type', 'bridge', 'stp_state', '0', 'forward_delay', '0')
    ip('-n', namespace, 'link', 'set', 'br0', 'up')
    return { namespace }
  }
  /** A cable from an interface to a port of a switch; both ends are born inside. */
  const addCable = (namespace: string, device: string, { namespace: sw }: Switch, port: string) => {
    ip('-n', namespace, 'link', 'add', device, 'type', 'veth', 'peer', 'name', port, 'netns', sw)
    ip('-n', sw, 'link', 'set', port, 'master', 'br0')
    ip('-n', sw, 'link', 'set', port, 'up')
  }
  const first = addSwitch('switch')

  return {
    addSwitch,
    addRouter(name, links) {
      const namespace = addNamespace(name)
      ip('netns', 'exec', namespace, 'sysctl', '-qw', 'net.ipv4.ip_forward=1')
      const port = `p-${name}`
      for (const [n, { on, cidr }] of links.entries()) {
        addCable(namespace, `eth${n}`, on, port)
        ip('-n', namespace, 'addr', 'add', cidr, 'dev', `eth${n}`)
        ip('-n', namespace, 'link', 'set', `eth${n}`, 'up')
      }
      return {
        unplug: ({ namespace: sw }) => void ip('-n', sw, 'link', 'set', port, 'down'),
        plug: ({ namespace: sw }) => void ip('-n', sw, 'link', 'set', port, 'up'),
      }
    },
    addHost(name, cidr, { gateway, ipv6 = true, on: { namespace: sw } = first } = {}) {
      const namespace = addNamespace(name)
      const port = `p-${name}`
      const on = (...args: string[]) => ip('-n', namespace, ...args)
      const inside = (...args: string[]) => ip('netns', 'exec', namespace, ...args)
      addCable(namespace, 'eth0', { namespace: sw }, port)
      if (!ipv6) inside('sysctl', '-qw', 'net.ipv6.conf.all.disable_ipv6=1')
      on('addr', 'add', cidr, 'dev', 'eth0')
      on('link', 'set', 'eth0', 'up')
      if (gateway !== undefined) on('route', 'add', 'default', 'via', gateway)
      let address = cidr
      return {
        name,
        namespace,
        unplug: () => void ip('-n', sw, 'link', 'set', port, 'down'),
        plug: () => void ip('-n', sw, 'link', 'set', port, 'up'),
        listeningPorts: () =>
          inside('cat', '/proc/net/tcp')
            .split('\n')
            .map(line => line.trim().split(/\s+/))
            .filter(([, local = '', , state]) => local.startsWith('00000000:') && state === TCP_LISTEN)
            .map(([, local = '']) => Number.parseInt(local.split(':')[1] ?? '', 16)),
        renumber(next) {
          on('addr', 'del', address, 'dev', 'eth0') // first: a second address of the subnet would go with the first one
          on('addr', 'add', next, 'dev', 'eth0')
          address = next
        },
        sentFrames: () => Number(inside('cat', '/sys/class/net/eth0/statistics/tx_packets')),
        dropDiscovery(udp) {
          const rule = `udp dport ${udp} drop`
          inside(
            'nft',
            `add table inet wall; add chain inet wall in { type filter hook input priority 0; }; add rule inet wall in ${rule}`,
          )
        },
        dropNothing: () => void inside('nft', 'delete', 'table', 'inet', 'wall'),
        countDiscovery(udp) {
          const rule = `udp dport ${udp} counter`
          inside(
            'nft',
            `add table inet lab; add chain inet lab out { type filter hook output priority 0; }; add rule inet lab out ${rule}`,
          )
        },
        discoveryCount: () =>
          Number(/counter packets (\d+)/.exec(inside('nft', 'list', 'table', 'inet', 'lab'))?.[1] ?? Number.NaN),
      }
    },
    destroy() {
      for (const namespace of namespaces.splice(0)) ip('netns', 'del', namespace)
    },
  }
}
