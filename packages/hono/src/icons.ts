/**
 * Pictures for the buttons of social accounts, as inline SVG in the colour of the text. They are ours: a letter, a branch, a
 * person. The marks of the providers are theirs, and come with rules about how they may be shown.
 */
export const icons = {
  google: icon('<path d="M19.1 7.5a8.5 8.5 0 1 0 1.4 4.5H12.5"/>'),
  github: icon(
    '<circle cx="7" cy="5.5" r="2.5"/><circle cx="7" cy="18.5" r="2.5"/><circle cx="17" cy="8.5" r="2.5"/><path d="M7 8v8M17 11c0 4-10 1.5-10 5"/>',
  ),
  'amazon-cognito': icon(
    '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c0-4 3.4-6.5 7.5-6.5s7.5 2.5 7.5 6.5z"/>',
  ),
} as const

function icon(shapes: string): string {
  const look =
    'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" ${look}>${shapes}</svg>`
}
