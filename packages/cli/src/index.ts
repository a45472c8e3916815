export { writeCompiled } from './commands/compile.ts'
export { type ConfigurationFile, readConfigurationFile } from './read-file.ts'
export { countProblems, reportProblems, shortPath } from './report.ts'
export { resolveFromCaller } from './settings.ts'
