/** Ours, with so many identity providers. */
export function nameOf(providers: number): string {
  return `Doorward, ${providers.toLocaleString('en')} providers`
}
