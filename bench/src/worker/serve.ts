import { type Batches, type BatchOptions, createBatches } from '../batches.ts'
import type { ContestantsModule } from '../bench.ts'

/** A batch to be timed, as {@link Batches.time} takes it. */
export interface BatchRequest {
  readonly index: number
  readonly options: BatchOptions
}

/**
 * The Worker that runs a bench: GET makes it ready and lists the contestants, POST times a batch.
 *
 * @returns what a Worker's module exports
 */
export function serve({ createContestants }: ContestantsModule): {
  fetch(request: Request): Promise<Response>
} {
  let batches: Batches | undefined
  return {
    async fetch(request) {
      try {
        // Not before the first request: a Worker may not do cryptography earlier.
        batches ??= await createBatches(await createContestants())
        if (request.method === 'GET') return Response.json(batches.entries)
        const { index, options } = (await request.json()) as BatchRequest
        return Response.json(await batches.time(index, options))
      } catch (error) {
        return new Response(error instanceof Error ? (error.stack ?? error.message) : String(error), {
          status: 500,
        })
      }
    },
  }
}
