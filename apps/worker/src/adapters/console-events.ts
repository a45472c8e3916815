import type { EventSink } from '@doorward/core'

/** Events as one line of JSON each: Workers Logs indexes them by field. */
export const consoleEvents: EventSink = {
  emit(event) {
    const line = JSON.stringify(event)
    if (event.type === 'fault') console.error(line)
    else console.log(line)
  },
}
