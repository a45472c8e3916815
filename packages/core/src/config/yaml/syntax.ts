import { type Document, isCollection, isMap, isPair, isScalar, visit, type YAMLError } from 'yaml'
import { knownKeys } from '../format/keys.ts'
import { deeperLine, lookalikeIndentation, lookalikeKey } from './indentation.ts'
import { start } from './position.ts'
import { keysTwice, structureProblem, tooDeep } from './structure.ts'
import type { SyntaxProblem } from './syntax-problem.ts'

/** @returns what is wrong with the text before anything of its meaning is looked at */
export function syntaxProblems(document: Document, text: string): readonly SyntaxProblem[] {
  const flattened = lostIndentation(document, text)
  if (flattened) return [flattened]
  // After a mistake the next ones are but its consequences.
  const [error] = [...document.errors.filter(({ code }) => code !== 'MULTIPLE_DOCS'), ...document.warnings]
  if (error) return [lookalikeIndentation(text, error.pos[0]) ?? explain(error, document, text)]
  const problem = structureProblem(document) ?? lookalikeKey(document, text)
  if (problem) return [problem]
  const rest = document.errors.map((other) => explain(other, document, text))
  const independent = [...keysTwice(document), ...rest]
  if (independent.length > 0) return independent
  return isEmpty(document.contents)
    ? [
        {
          offset: 0,
          code: 'file_empty',
          message: 'the file is empty',
          fix: 'begin with "sso:"; "doorward init" writes a first file',
        },
      ]
    : []
}

function isEmpty(contents: unknown): boolean {
  if (isScalar(contents)) return contents.value === null
  return contents === null || (isMap(contents) && contents.items.length === 0)
}

/** The keys that stand at the margin of a file. */
const sections = ['sso', 'social_account', 'basic']

/**
 * A printed page loses the indentation of what is copied from it, and the result still reads as YAML now and then:
 * sections without content, and their content beside them.
 */
function lostIndentation(document: Document, text: string): SyntaxProblem | undefined {
  const oneLine = /^(?:---[ \t]+)?(sso|social_account|basic):[ \t]+[a-z_]+:(?:[ \t]|$)/m.exec(text)
  const name = oneLine?.[1]
  if (oneLine && name) return indentationLost(name, oneLine.index + oneLine[0].indexOf(name))
  // With a tab the indentation is there, and YAML does not see it.
  const isTabbed = document.errors.some(({ code }) => code === 'TAB_AS_INDENT')
  if (isTabbed || !isMap(document.contents)) return undefined
  const pairs = document.contents.items.filter(isPair)
  const empty = pairs.find(
    ({ key, value }) =>
      sections.includes(textOf(key)) && (value === null || (isScalar(value) && value.value === null)),
  )
  const strays = pairs.filter(({ key }) => knownKeys.has(textOf(key)) && !topLevel.includes(textOf(key)))
  return empty && strays.length > 0 ? indentationLost(textOf(empty.key), start(empty.key)) : undefined
}

/** Of a key that is none, nothing: writing it out may take forever. */
function textOf(key: unknown): string {
  return isScalar(key) ? String(key.value) : ''
}

const topLevel = [...sections, 'rate_limits']

function indentationLost(section: string, offset: number): SyntaxProblem {
  return {
    offset,
    code: 'indentation_lost',
    message:
      'the indentation was lost, as when copied from a printed page: YAML needs it to tell what belongs to what',
    fix:
      section === 'sso'
        ? 'indent all that belongs to "sso:" by two spaces, and what belongs to a "- id:" so that it stands below "id"'
        : `indent all that belongs to "${section}:" by two spaces, and each part's own keys by four`,
  }
}

/** The library's words, where ours are not plainer. */
function explain({ code, message, pos }: YAMLError, document: Document, text: string): SyntaxProblem {
  const [offset] = pos
  if (code === 'MISSING_CHAR' || message.startsWith('Flow ')) return explainMissing(message, offset, document)
  if (code === 'BLOCK_AS_IMPLICIT_KEY' || code === 'MULTILINE_IMPLICIT_KEY') {
    return deeperLine(text, offset) ?? { offset, ...explainKey(code, text, offset) }
  }
  const known = explanations[code]
  if (known) return { offset, ...known }
  if (/call stack/.test(message)) return { offset, ...tooDeep }
  // Up to where the library begins to quote the file, which may hold a secret there.
  const words = /^[^:"'`%\\]*/.exec(message.toLowerCase())?.[0].trim()
  return { offset, code: 'yaml_syntax', message: `this is not YAML: ${words}` }
}

/** The library has one code for three mistakes. */
function explainMissing(message: string, offset: number, document: Document): SyntaxProblem {
  if (message.startsWith('Sequence item without')) return { offset, ...indentation }
  if (message.startsWith('Implicit map keys')) return { offset, ...keyExpected }
  let opened = offset
  visit(document, {
    Node(_, node) {
      const isOpened = isCollection(node) ? node.flow : isScalar(node) && node.type?.startsWith('QUOTE')
      if (isOpened && node.range && node.range[2] >= offset) opened = node.range[0]
    },
  })
  return {
    offset: opened,
    code: 'yaml_not_closed',
    message: 'a quotation mark or a bracket is opened here and never closed',
    fix: 'close it; if it is part of the value, put the whole value in single quotes',
  }
}

/** Two colons in one line, or none that counts. */
function explainKey(code: string, text: string, offset: number): Omit<SyntaxProblem, 'offset'> {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1).split('\n', 1)[0] ?? ''
  if (/^\s*-[\w]/.test(line)) {
    const message = 'the "-" of a list needs a space behind it'
    return { code: 'yaml_key_expected', message, fix: 'write "- id: …"' }
  }
  if (/^\s*-----(BEGIN|END) /.test(line)) {
    const message = 'the lines of a certificate are not indented below the key that they belong to'
    const fix = 'write "x509_cert: |", and indent all lines of the certificate two spaces deeper than that'
    return { code: 'yaml_indentation', message, fix }
  }
  // The library points at the indentation before it.
  if (/^\s*- /.test(text.slice(offset).split('\n', 1)[0] ?? '')) {
    const message = 'a new entry begins here, and the one before it has no dash'
    return { code: 'yaml_key_expected', message, fix: 'begin every identity provider with "- id:"' }
  }
  if (code === 'BLOCK_AS_IMPLICIT_KEY' && /:\s.*:(\s|$)/.test(line)) {
    const message = 'this line has a second colon with a space behind it'
    return {
      code: 'yaml_key_expected',
      message,
      fix: 'put the value in quotes, or the second key on a line of its own',
    }
  }
  return keyExpected
}

const indentation = {
  code: 'yaml_indentation',
  message: 'the indentation does not fit the lines around it',
  fix: 'align it with its neighbours',
} as const

const keyExpected = {
  code: 'yaml_key_expected',
  message: 'this line does not fit here: a key needs a colon and a space behind it',
  fix: 'write "key: value", with a space after the colon',
} as const

const valueStart = {
  code: 'yaml_value_start',
  message: 'a value can not begin with this character',
  fix: 'put the value in quotes',
} as const

const explanations: Readonly<Record<string, Omit<SyntaxProblem, 'offset'>>> = {
  TAB_AS_INDENT: { code: 'yaml_tab', message: 'a tab is used for indentation', fix: 'use spaces' },
  BAD_INDENT: indentation,
  BAD_SCALAR_START: valueStart,
  TAG_RESOLVE_FAILED: {
    code: 'yaml_value_start',
    message: 'a value can not begin with "!": YAML takes it for a tag, and there is no such tag',
    fix: 'put the value in quotes, or remove the tag',
  },
  BAD_DQ_ESCAPE: {
    code: 'yaml_syntax',
    message: 'between double quotes a backslash means something, but not before this character',
    fix: 'put the value in single quotes',
  },
  BAD_DIRECTIVE: {
    code: 'yaml_syntax',
    message: 'a line that begins with "%" means something to YAML, but not this one',
    fix: 'remove it',
  },
  UNEXPECTED_TOKEN: {
    code: 'yaml_syntax',
    message: 'this is not YAML: what stands here can not stand here',
    fix: 'if it is part of a value, put the whole value in quotes',
  },
  MULTIPLE_DOCS: {
    code: 'yaml_several_documents',
    message: 'the file holds more than one document',
    fix: 'remove all from the second "---" on',
  },
}
