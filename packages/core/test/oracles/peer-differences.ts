import type { PlainElement } from './peers.ts'

/** A document, and why it is not the same for everybody. */
export interface Difference {
  readonly because: string
  readonly xml: string
}

/** A document that is read here and there, not as the same. */
export interface Reading extends Difference {
  readonly here: PlainElement
  readonly there: readonly (PlainElement | string)[]
}

/** What fast-xml-parser reads and we refuse. It is no validator, and says so. */
export const readOnlyByFastXmlParser: readonly Difference[] = [
  { because: 'it does not look whether an end tag belongs to the open element', xml: '<a><b></a></b>' },
  { because: 'it goes on after the root', xml: '<a/><b/>' },
  { because: 'it leaves out text after the root', xml: '<a>1</a>x' },
  { because: 'it leaves out text before the root', xml: 'x<a/>' },
  { because: 'it takes the end of the document for that of open elements', xml: '<a><b>' },
  { because: 'it resolves no namespaces, so no prefix has to be declared', xml: '<p:a/>' },
  { because: 'it takes any name for a namespace', xml: '<a xmlns:p="../relative"/>' },
  { because: 'it takes back the declaration of a prefix', xml: '<a xmlns:p=""/>' },
  { because: 'of an attribute that is given twice, the last one counts', xml: '<a b="1" b="2"/>' },
  {
    because: 'it does not see that two prefixes are one namespace, and so one attribute',
    xml: '<a xmlns:p="urn:a" xmlns:q="urn:a" p:b="1" q:b="2"/>',
  },
  { because: 'it leaves out an attribute without a value', xml: '<a b/>' },
  { because: 'it leaves out an attribute without quotes', xml: '<a b=c/>' },
  { because: 'it wants no blank between attributes', xml: '<a b="1"c="2"/>' },
  { because: 'it allows "<" in the value of an attribute', xml: '<a b="<"/>' },
  { because: 'it allows "]]>" in a text', xml: '<a>]]></a>' },
  { because: 'it allows characters that XML does not have', xml: '<a>\u0000</a>' },
  { because: 'it allows references to characters that XML does not have', xml: '<a>&#0;</a>' },
  { because: 'it leaves references to what it does not know as they are', xml: '<a>&unknown;</a>' },
  { because: 'it reads a DOCTYPE', xml: '<!DOCTYPE a><a/>' },
  { because: 'it puts in what a DOCTYPE declares', xml: '<!DOCTYPE a [<!ENTITY e "v">]><a>&e;</a>' },
  {
    because: 'it knows the entities of HTML, where references by number are to be resolved',
    xml: '<a>&copy;</a>',
  },
  { because: 'it leaves comments out, of which messages have none', xml: '<a>user<!-- -->.evil</a>' },
  { because: 'it reads processing instructions, of which messages have none', xml: '<a><?b c?></a>' },
  { because: 'it takes anything for a name', xml: '<1/>' },
  { because: 'it reads XML 1.1 as if it were 1.0', xml: '<?xml version="1.1"?><a/>' },
  {
    because: 'it reads any encoding that is declared as what it got',
    xml: '<?xml version="1.0" encoding="UTF-7"?><a/>',
  },
  { because: 'it takes nothing for a document', xml: '' },
  { because: 'it looks at no IDs', xml: '<a ID="_1"><b Id="_1"/></a>' },
]

/** What fast-xml-parser refuses and we read. */
export const readOnlyHere: readonly Difference[] = [
  { because: 'it makes objects of elements, and so fears for their prototypes', xml: '<constructor/>' },
  { because: 'it makes objects of attributes too', xml: '<a __proto__="1"/>' },
]

/** What both read, and not as the same. */
export const readDifferently: readonly Reading[] = [
  {
    because: 'it leaves tabs and ends of lines in values as they are, where XML makes blanks of them',
    xml: '<a b="1\n2\t3"/>',
    here: { name: 'a', attributes: { b: '1 2 3' }, children: [] },
    there: [{ name: 'a', attributes: { b: '1\n2\t3' }, children: [] }],
  },
]

/** Signatures that we take and xmldsigjs does not, by the reason, as personalities of testkit. */
export const refusedByXmldsigjs: Readonly<Record<string, readonly string[]>> = {
  'it imports the key anew and forgets its curve': ['ecdsa-p256'],
  'it does not know Canonical XML 1.1': ['inclusive-1.1', 'inclusive-1.1-with-comments'],
  'it declares in what is signed what the root declares, where the same prefix may mean something else': [
    'prefix-with-two-meanings',
    'unused-declarations',
  ],
  'of SignedInfo it does not read the PrefixList': ['prefix-list'],
}

/** Signatures that xmldsigjs takes and we do not, by the reason, as personalities of testkit. */
export const takenByXmldsigjs: Readonly<Record<string, readonly string[]>> = {
  'its reader mends attributes': [
    'attribute-without-quotes',
    'attribute-without-value',
    'attributes-without-blank',
  ],
  'its reader leaves out what stands around the root': [
    'cdata-after-root',
    'text-after-root',
    'text-before-root',
  ],
  'its reader does not hold names to the rules of namespaces': [
    'duplicate-attribute-by-namespace',
    'undeclared-prefix',
    'xml-prefix-redeclared',
    'xmlns-prefix-declared',
  ],
  'it makes canonical forms of relative names of namespaces, of which there are none': [
    'relative-namespace-name',
    'relative-namespace-name-on-root',
  ],
  'its reader takes a DOCTYPE': [
    'default-attribute',
    'doctype',
    'external-document-type',
    'parameter-entity',
  ],
  'it leaves comments out, as it should where messages may have some': [
    'comment-between-elements',
    'comment-in-attribute',
    'comment-in-audience',
    'comment-in-name-id',
  ],
  'its reader takes processing instructions': [
    'instruction-between-elements',
    'signed-instruction-in-name-id',
  ],
  'it reads text, of whatever encoding and version that says it is': [
    'declared-latin-1',
    'declared-utf-7',
    'xml-1.1',
  ],
  'it has no limits': ['attribute-flood', 'transform-flood'],
  'it does not see that an ID is given twice, in another spelling': [
    'duplicate-namespaced-ID',
    'duplicate-xml-id',
    'polluted-response-id',
  ],
  'an ID need not be a name': ['id-is-no-name'],
  'a reference may be to anything, and is to the root where it makes no sense of it': [
    'absent-reference-uri',
    'empty-reference-uri',
    'file-reference',
    'http-reference',
    'reference-to-another-element',
    'reference-without-hash',
    'xpointer-reference',
    'xpointer-to-root',
  ],
  'it does not ask where a signature stands': [
    'signature-copied',
    'signature-moved',
    'signature-moved-to-the-end',
    'xsw2',
    'xsw5',
  ],
  'it takes all signatures in an element away, and with them what stands in them': [
    'signature-twice',
    'signed-error-response',
  ],
  'there may be several references': ['two-references'],
  'there may be an Object in a signature, with whatever in it': [
    'forged-assertion-in-object',
    'object-in-signature',
  ],
  'transforms may be as many as one likes, and it puts them in order': [
    'enveloped-twice',
    'three-transforms',
    'transforms-out-of-order',
  ],
  'SHA-1 is good enough': ['sha1-digest', 'sha1-signature'],
  'a key may be short': ['weak-key'],
}
