import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { installDebianPackages } from './debian.ts'
import { root, run } from './process.ts'

/** How long a download may take, in milliseconds. */
const DOWNLOAD_LIMIT = 5 * 60_000

/** Debian's and Ubuntu's, with what it needs to serve and to make keys. */
const PACKAGES = ['simplesamlphp', 'php-cli', 'php-xml', 'php-mbstring', 'openssl']

/** The folder that Debian's package serves; the version 2 of later releases has another. */
const SIMPLESAMLPHP = '/usr/share/simplesamlphp/www'

/**
 * Sees to it that SimpleSAMLphp is there: takes Debian's package, and installs it where that is possible.
 *
 * @returns why it can not take part, or undefined
 */
export async function simpleSamlPhpProblem(say: (text: string) => void): Promise<string | undefined> {
  if (!(await hasSimpleSamlPhp())) {
    say(`Installing ${PACKAGES.join(', ')} …`)
    await installDebianPackages(PACKAGES)
    if (!(await hasSimpleSamlPhp())) {
      return `it is not here, and could not be had. Run: sudo apt-get install --no-install-recommends ${PACKAGES.join(' ')}`
    }
  }
  const { output } = await run('dpkg-query', ['--show', 'simplesamlphp'])
  say(output.trim().replace('\t', ' '))
  return undefined
}

async function hasSimpleSamlPhp(): Promise<boolean> {
  return existsSync(SIMPLESAMLPHP) && (await run('php', ['--version'])).code === 0
}

/** One that runs on Java 17 and later. With it goes what it must be, to the bit: nothing else says so. */
const KEYCLOAK = {
  version: '26.7.3',
  sha256: '27a6535553c3cdcd083872ba40629efafb3475e3b758e0c6f691395561dd0f1f',
}

const MAVEN_PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1'

/** Where Keycloak is, or why it can not take part. */
export type KeycloakPlace = { readonly home: string } | { readonly problem: string }

/**
 * Sees to it that Keycloak's server is there: what KEYCLOAK_HOME names, or what Maven's client downloads, once.
 */
export async function findKeycloak(say: (text: string) => void): Promise<KeycloakPlace> {
  const java = await run('java', ['-version'])
  if (java.code !== 0) return { problem: 'it needs Java 17 or newer' }
  const named = process.env['KEYCLOAK_HOME']
  if (named) {
    return existsSync(join(named, 'bin/kc.sh'))
      ? { home: named }
      : { problem: `KEYCLOAK_HOME=${named} does not hold bin/kc.sh` }
  }
  const home = join(root, 'interop/node_modules/.cache', `keycloak-${KEYCLOAK.version}`)
  if (!existsSync(home)) {
    if ((await run('mvn', ['--version'])).code !== 0)
      return { problem: 'there is no mvn to download it with' }
    say(`Downloading Keycloak ${KEYCLOAK.version} by Maven, 150 MB …`)
    const problem = await downloadKeycloak(home)
    if (problem !== undefined) return { problem }
  }
  say(`Keycloak ${KEYCLOAK.version}`)
  return { home }
}

/** @returns what went wrong, or undefined when it is at `home` */
async function downloadKeycloak(home: string): Promise<string | undefined> {
  await mkdir(dirname(home), { recursive: true })
  // Beside its place, so that it is there as a whole or not at all.
  const folder = await mkdtemp(`${home}-`)
  try {
    const artifact = `-Dartifact=org.keycloak:keycloak-quarkus-dist:${KEYCLOAK.version}:zip`
    const maven = (goal: string): Promise<{ code: number; output: string }> =>
      run('mvn', ['-B', '-q', `${MAVEN_PLUGIN}:${goal}`, artifact, `-DoutputDirectory=${folder}`], {
        // There is nothing of Maven in the repository; it must not find anything either.
        cwd: folder,
        limit: DOWNLOAD_LIMIT,
      })
    const copied = await maven('copy')
    if (copied.code !== 0) return `Maven can not download it\n${copied.output}`
    const archive = join(folder, `keycloak-quarkus-dist-${KEYCLOAK.version}.zip`)
    if ((await digest(archive)) !== KEYCLOAK.sha256) return 'what Maven downloaded is something else'
    const unpacked = await maven('unpack')
    if (unpacked.code !== 0) return `Maven can not unpack it\n${unpacked.output}`
    await rename(join(folder, `keycloak-${KEYCLOAK.version}`), home)
    return undefined
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function digest(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
