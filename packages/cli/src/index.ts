export { writeCompiled } from './commands/compile.ts'
export { type ReadSource, readSource } from './read-configuration.ts'
export { countProblems, reportProblems } from './report.ts'
export { readSettings, type Settings, type Source, shortPath } from './settings.ts'
