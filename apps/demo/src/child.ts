/**
 * Makes this process live as long as its parent: it ends when the parent says so, and when the parent is gone,
 * however that ended. A signal to the whole group, such as Ctrl-C, is the parent's to handle.
 *
 * @param stop what to do first
 */
export function followParent(stop: () => Promise<void>): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)
  process.on('disconnect', () => {
    // Nothing may keep the process, not even a stop that hangs.
    setTimeout(() => process.exit(1), 3000).unref()
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  })
}
