import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const program = join(import.meta.dirname, '../bin/doorward.mjs')
const folder = mkdtempSync(join(tmpdir(), 'doorward-keygen-'))

afterAll(() => rmSync(folder, { recursive: true }))

function keygen(args: readonly string[], input = '', env: Record<string, string> = {}) {
  const { PATH } = process.env
  return spawnSync(process.execPath, [program, 'keygen', ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH, ...env },
    input,
  })
}

interface Key {
  readonly kid: string
  readonly x: string
  readonly d: string
}

const readKeys = (text: string) => (JSON.parse(text) as { keys: Key[] }).keys

function write(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

describe('doorward keygen secret', () => {
  it('prints 32 random bytes and nothing else, so that they can be handed on', () => {
    const { status, stdout } = keygen(['secret'])
    expect(status).toBe(0)
    expect(stdout).toMatch(/^[\w-]{43}\n$/)
    expect(keygen(['secret']).stdout).not.toBe(stdout)
  })

  it('says beside it what it is for, and does not repeat it', () => {
    const { stdout, stderr } = keygen(['secret'])
    expect(stderr).toContain('DOORWARD_SECRET')
    expect(stderr).toContain('DOORWARD_OPERATOR_TOKEN')
    expect(stderr).not.toContain(stdout.trim())
  })
})

describe('doorward keygen signing-keys', () => {
  it('prints a fresh set in one line and nothing else', () => {
    const { status, stdout } = keygen(['signing-keys'])
    expect(status).toBe(0)
    expect(stdout.trimEnd().split('\n')).toHaveLength(1)
    expect(readKeys(stdout)).toHaveLength(2)
    expect(keygen(['signing-keys']).stdout).not.toBe(stdout)
  })

  it('says beside it how to keep it and when to rotate, and does not repeat it', () => {
    const { stdout, stderr } = keygen(['signing-keys'])
    expect(stderr).toContain('DOORWARD_SIGNING_KEYS')
    expect(stderr).toContain('safe')
    expect(stderr).toContain('at most once a day')
    for (const { d } of readKeys(stdout)) expect(stderr).not.toContain(d)
  })

  it('rotates the set of a file, named from where the person is', () => {
    const { stdout: present } = keygen(['signing-keys'])
    mkdirSync(join(folder, 'here'))
    write('here/keys.json', present)
    const { status, stdout } = keygen(['signing-keys', '--rotate', 'keys.json'], '', {
      INIT_CWD: join(folder, 'here'),
    })
    expect(status).toBe(0)
    const [current, next] = readKeys(present)
    expect(readKeys(stdout)).toEqual([next, expect.anything(), current])
  })

  it('rotates what comes from standard input, again and again', () => {
    const sets = [keygen(['signing-keys']).stdout]
    for (const _ of [1, 2, 3]) sets.push(keygen(['signing-keys', '--rotate', '-'], sets.at(-1)).stdout)
    const [first = [], second = [], third = [], fourth = []] = sets.map(readKeys)
    expect(third).toEqual([second[1], expect.anything(), second[0]])
    expect(fourth).toEqual([third[1], expect.anything(), third[0]])
    expect(fourth).not.toContainEqual(first[0])
  })

  it.each([
    ['is not there', () => 'nothing.json', 'there is no such file'],
    ['is a folder', () => folder, 'this is a folder'],
    ['the shell emptied', () => write('empty.json', ''), 'the copy that you kept'],
    ['is not JSON', () => write('text.json', 'correct-horse'), 'they are not JSON'],
    ['is something else', () => write('other.json', '{"base_url":"x"}'), 'not a JSON Web Key Set'],
  ])('prints nothing from a file that %s, and says so', (_, path, words) => {
    const { status, stdout, stderr } = keygen(['signing-keys', '--rotate', path()])
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toMatch(/^doorward: .+\n$/)
    expect(stderr).toContain(words)
  })
})

describe('a key in the wrong place', () => {
  const present = keygen(['signing-keys']).stdout
  const [current, next] = readKeys(present) as [Key, Key]

  it.each([
    ['a set that was cut', ['signing-keys', '--rotate', '-'], present.slice(0, -9), 1],
    ['a private part alone', ['signing-keys', '--rotate', '-'], current.d, 1],
    [
      'private parts that were swapped',
      ['signing-keys', '--rotate', '-'],
      JSON.stringify({
        keys: [
          { ...current, d: next.d },
          { ...next, d: current.d },
        ],
      }),
      1,
    ],
    ['in place of the file', ['signing-keys', '--rotate', present], '', 1],
    ['in place of what to make', [present], '', 2],
    ['behind what to make', ['signing-keys', present], '', 2],
    ['behind a secret', ['secret', current.d], '', 2],
  ])('is refused and never shown: %s', (_, args, input, code) => {
    const { status, stdout, stderr } = keygen(args, input)
    expect({ status, stdout }).toEqual({ status: code, stdout: '' })
    expect(stderr).not.toBe('')
    for (const { d, x } of [current, next]) {
      expect(stderr).not.toContain(d.slice(0, 8))
      expect(stderr).not.toContain(x.slice(0, 8))
    }
  })
})

describe('doorward keygen', () => {
  it.each([
    ['nothing to make', [], 'keygen makes one of three things'],
    ['another thing to make', ['password'], 'keygen makes one of three things'],
    ['too much', ['secret', 'twice'], 'takes no other arguments'],
    ['a file to write', ['signing-keys', '--out', 'x.json'], 'has no option --out'],
    ['an address', ['secret', '--base-url', 'https://sso.example.com'], 'has no option --base-url'],
    ['a secret to rotate', ['secret', '--rotate', 'x'], 'nothing to --rotate'],
    ['a rotation of nothing', ['signing-keys', '--rotate'], '--rotate needs a value'],
  ])('does not understand %s', (_, args, words) => {
    const { status, stdout, stderr } = keygen(args)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain(words)
  })
})
