import { DOMParser } from '@xmldom/xmldom'
import { SignedXml } from 'xml-crypto'
import type { Input } from '../input/input.ts'
import { pemOf } from '../input/pem.ts'
import type { Validator } from '../validator.ts'

const DS = 'http://www.w3.org/2000/09/xmldsig#'

/** The signature alone, with the DOM that it is built on. */
export function createXmlCrypto({ certificate }: Input): Validator {
  const publicCert = pemOf(certificate)
  return {
    name: 'xml-crypto + xmldom, verify only',
    async validate({ base64 }) {
      const xml = Buffer.from(base64, 'base64').toString()
      const document = new DOMParser().parseFromString(xml, 'text/xml')
      const signature = document.getElementsByTagNameNS(DS, 'Signature')[0]
      if (!signature) return false
      const signedXml = new SignedXml({ publicCert })
      signedXml.loadSignature(signature as unknown as Node)
      return signedXml.checkSignature(xml)
    },
  }
}
