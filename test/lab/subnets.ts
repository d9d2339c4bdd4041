import { createLab, type Lab, type LabHost, type Router, type Switch } from './netlab.ts'

export interface SubnetHost {
  host: LabHost
  /** IP address. */
  address: string
  /** Number of its subnet, from 0. */
  subnet: number
}

export interface Site {
  lab: Lab
  hosts: SubnetHost[]
  /** Pulls the router's cable to a subnet: the hosts there keep each other, and lose all others. */
  cutOff(subnet: number): void
  heal(subnet: number): void
}

/** Hosts on several subnets with a router between them that passes on no multicast. `sizes`: hosts on each. */
export const createSite = (sizes: readonly number[]): Site => {
  const lab = createLab()
  const switches: Switch[] = sizes.map((_, n) => lab.addSwitch(`sw${n}`))
  const router: Router = lab.addRouter(
    'router',
    switches.map((on, n) => ({ on, cidr: `10.77.${n + 1}.1/24` })),
  )
  const hosts = switches.flatMap((on, subnet) =>
    Array.from({ length: sizes[subnet] ?? 0 }, (_, n): SubnetHost => {
      const address = `10.77.${subnet + 1}.${n + 11}`
      const gateway = `10.77.${subnet + 1}.1`
      return { host: lab.addHost(`s${subnet}h${n}`, `${address}/24`, { gateway, on }), address, subnet }
    }),
  )
  const switchOf = (subnet: number) => {
    const on = switches[subnet]
    if (on === undefined) throw new Error(`there is no subnet ${subnet}`)
    return on
  }
  return {
    lab,
    hosts,
    cutOff: subnet => router.unplug(switchOf(subnet)),
    heal: subnet => router.plug(switchOf(subnet)),
  }
}
