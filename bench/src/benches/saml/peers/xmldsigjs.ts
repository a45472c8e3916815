import * as xmldom from '@xmldom/xmldom'
import { setNodeDependencies } from 'xml-core'
import { Application, Parse, SignedXml } from 'xmldsigjs'
import * as xpath from 'xpath'
import type { Input } from '../input/input.ts'
import type { Validator } from '../validator.ts'

const DS = 'http://www.w3.org/2000/09/xmldsig#'

/** The signature alone, by WebCrypto. */
export function createXmldsigjs({ keys }: Input): Validator {
  setNodeDependencies({ ...xmldom, xpath })
  Application.setEngine('WebCrypto', crypto)
  return {
    name: 'xmldsigjs, verify only',
    async validate({ base64 }) {
      const document = Parse(Buffer.from(base64, 'base64').toString())
      const [signature] = document.getElementsByTagNameNS(DS, 'Signature')
      if (!signature) return false
      const signedXml = new SignedXml(document)
      signedXml.LoadXml(signature)
      return signedXml.Verify(keys.publicKey)
    },
  }
}
