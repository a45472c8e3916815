import { arch, cpus, loadavg, platform } from 'node:os'

/** Where and when figures were taken. */
export interface Machine {
  readonly date: string
  readonly cpu: string
  readonly system: string
  /** What else the machine did: the mean number of running processes in the last minute. */
  readonly load: number
}

export function describeMachine(): Machine {
  const [first] = cpus()
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: `${cpus().length} x ${first?.model.trim() ?? 'unknown'}`,
    system: `${platform()} ${arch()}`,
    load: loadavg()[0] ?? 0,
  }
}
