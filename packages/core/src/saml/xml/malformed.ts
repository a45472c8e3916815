import { SsoError } from '../../errors/index.ts'

/**
 * The refusal of XML that can not, or must not, be read.
 *
 * @param reason a half-sentence for an administrator, without a value from the document
 * @param offset where, in characters from the beginning
 */
export function malformed(reason: string, offset: number): SsoError {
  return new SsoError('saml_xml_invalid', 'the XML is not what a message is made of', {
    details: { reason, offset },
  })
}
