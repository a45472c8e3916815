import type { LogoutPersonalityName } from '@doorward/testkit'
import type { Flow, Module, Seen } from '../module.ts'

/** A provider that plays its part in one run. */
export interface Actor {
  readonly issuer: string
  /** Everything that it was asked, oldest first. */
  seen(): readonly Seen[]
  rotateKeys(): Promise<void>
  logoutToken(personality: LogoutPersonalityName | undefined): Promise<string>
  frontChannelUrl(): string
  close(): Promise<void>
}

/** Starts a provider, on a port of its own. */
export type StartActor = (module: Module, flow: Flow) => Promise<Actor>
