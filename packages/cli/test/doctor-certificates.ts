/*
 * Certificates for the tests of `doorward doctor`, made with openssl: self-signed, for localhost, and good for nothing
 * else. TEST KEY: the private key belongs to the first two. It stands here because a certificate that has expired does too.
 */

/** TEST KEY: openssl ecparam -name prime256v1 -genkey */
export const localhostTestKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgQx25ZHicES7zFUmg
sY7lUYqnH3wk5m7oes/R33M30f+hRANCAARvtaeJcqMAuP0oDDhPlh8v7e1XM7M/
mjGBx65ooXojf0iYY+Ne0arYijdw+kvIOLX1vk1mG+D4MDCqpmTFhOzn
-----END PRIVATE KEY-----
`

/** openssl req -x509 -days 36500 -addext subjectAltName=DNS:localhost,IP:127.0.0.1 */
export const localhostCertificate = `-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUeQBWVl7KQmS4Zd7uYGhTBwkaolkwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMjEwMzI1MVoYDzIxMjYxMDI5
MTAzMjUxWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAARvtaeJcqMAuP0oDDhPlh8v7e1XM7M/mjGBx65ooXojf0iYY+Ne0arY
ijdw+kvIOLX1vk1mG+D4MDCqpmTFhOzno28wbTAdBgNVHQ4EFgQUMnytSpBDYmaJ
NhB4GQPSFeDfIC0wHwYDVR0jBBgwFoAUMnytSpBDYmaJNhB4GQPSFeDfIC0wDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSAAwRQIhAMro1WEgfGIkpTlr10DbSnRzKkEbEEfHKhnAluaIds0aAiA6
V9SdCK8nUcrqx9rgv7B97oHwzbVaUyatjk2PBO6wKQ==
-----END CERTIFICATE-----
`

/** openssl ca -selfsign -startdate 20200101000000Z -enddate 20210101000000Z */
export const expiredCertificate = `-----BEGIN CERTIFICATE-----
MIIBDzCBtgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwHhcN
MjAwMTAxMDAwMDAwWhcNMjEwMTAxMDAwMDAwWjAUMRIwEAYDVQQDDAlsb2NhbGhv
c3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARvtaeJcqMAuP0oDDhPlh8v7e1X
M7M/mjGBx65ooXojf0iYY+Ne0arYijdw+kvIOLX1vk1mG+D4MDCqpmTFhOznMAoG
CCqGSM49BAMCA0gAMEUCIQCZO2YP4mEwPAgwbsBgySC3PUoGqgsmwfi/n7LlS6kt
vQIgGvYQri1UTZwgJjeeNFe+VaSiSShI5O37+2e4jATDWv0=
-----END CERTIFICATE-----
`

/** openssl req -x509 -days 36500, RSA of 2048 bits */
export const rsaCertificate = `-----BEGIN CERTIFICATE-----
MIIDDzCCAfegAwIBAgIURYUoY//1Xd2IPK+vtupLBTvLkWAwDQYJKoZIhvcNAQEL
BQAwFjEUMBIGA1UEAwwLaWRwLmV4YW1wbGUwIBcNMjYxMTIyMTAzMjUxWhgPMjEy
NjEwMjkxMDMyNTFaMBYxFDASBgNVBAMMC2lkcC5leGFtcGxlMIIBIjANBgkqhkiG
9w0BAQEFAAOCAQ8AMIIBCgKCAQEAyOFbbjatEg0H3tXXawzNZwW9uaODFlGNCeXP
X8OMbathMhDQ+CfOFseyehFlwhPhyQasQGcRG/SV72lHGhUTM1iRGvcGkyQK/KZp
3Jp+7L3AtXgSu0+YkEy0VVROylGTbuYaLCqPYOsxlmP1RylJROwlztVulc7A4Zkw
sOVRG77MspLrKlSFNwpvFyo1IlCsFXSqrsXBKySAGsHVio2yX6aBJk/9bR69aCLC
B5v0KS5JNCen88Ukzkp4piMqaKCrMgzpad6e1MYFH+VUIlfak2jWdGgLePfAZdVe
RRF4BIoNoE5cS1/W23i+GjJinX7+kq3ukywR7+FcdRtU7UaNdQIDAQABo1MwUTAd
BgNVHQ4EFgQU8xSehlIjmk3219TEBtBOw9jqnjowHwYDVR0jBBgwFoAU8xSehlIj
mk3219TEBtBOw9jqnjowDwYDVR0TAQH/BAUwAwEB/zANBgkqhkiG9w0BAQsFAAOC
AQEAj3TOIRl9Rocsa8zBQSQlVgNQsEuZ4WtcvcccFBd18CVFlLVrPRWlnwvR6bI/
rhAELIYHKw4UcWHC17g0dXAbQhlmkj3awIrqGoNZcyULdkzay9Ojh64gb6VpzznW
NeM4jYRLf9ejUZR5JySEjlBGovbQmAppTKQMR2yepDbQClDGlnz6Ng5mgGeaYRco
AfHAos80lF+VxQVeditmPLFa8flKiFl0CScQfvcGyBIIPEgRmAK+V6AjjNaJU67H
6IWrGqe61c+Z61o9j20bpEY4fh5GqBcFWpecGFvTh/WWzSB2NG2XbKGUiKKgMozv
QAomVJeXbJSokt4higCTl+hy4g==
-----END CERTIFICATE-----
`

/** Without the armour, as metadata has them. */
export function bare(pem: string): string {
  return pem.replaceAll(/-----[^-]+-----|\s/g, '')
}
