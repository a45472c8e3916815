export { writeCompiled } from './commands/compile.ts'
export { type ReadSource, readSource } from './read-configuration.ts'
export { countProblems, reportProblems, shortPath } from './report.ts'
export { readSettings, type Settings, type Source } from './settings.ts'
