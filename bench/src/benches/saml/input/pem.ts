/** @param certificate base64 of its DER @returns what OpenSSL and what is built on it take */
export function pemOf(certificate: string): string {
  const lines = certificate.match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}
