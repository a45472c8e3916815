/** The name on the page and in the window title. The one place to change when a site brings its own. */
export const siteName = 'Doorward'
