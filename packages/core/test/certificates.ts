/** A certificate for tests, and what is expected of it. */
export interface TestCertificate {
  readonly pem: string
  /** In the form that `Date.parse` takes on every host. */
  readonly notBefore: string
  readonly notAfter: string
  readonly key: object
  /** The common name, where there is one. */
  readonly subject?: string
}

/**
 * TEST CERTIFICATES, which nobody has the private keys of: those were thrown away as soon as the certificates were made.
 *
 * Above each is the command that made it. `EC` is `-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout $KEY`,
 * and `CA` is `openssl ca -batch -selfsign -notext -keyfile $KEY` for a request that was made with `EC` and `-subj
 * /CN=name.idp.example`. What is expected of them is what OpenSSL 3.0.19 and Node 24 say, not our own reader:
 *
 *     openssl x509 -in $FILE -noout -dates -dateopt iso_8601
 *     node -p 'x = new crypto.X509Certificate(fs.readFileSync(process.argv[1])); k = x.publicKey;
 *       [x.validFromDate, x.validToDate, k.asymmetricKeyType, k.asymmetricKeyDetails, x.subject]' $FILE
 */
export const testCertificates = {
  // openssl req -x509 -nodes -keyout $KEY -days 3650 -newkey rsa:1024 -subj /CN=rsa-1024.idp.example
  rsa1024: {
    notBefore: '2026-11-22T09:49:17.000Z',
    notAfter: '2036-11-19T09:49:17.000Z',
    key: { type: 'RSA', bits: 1024 },
    subject: 'rsa-1024.idp.example',
    pem: `-----BEGIN CERTIFICATE-----
MIICGjCCAYOgAwIBAgIUPdG5SfhrgEzw2bp/t/UH+Dh3U+UwDQYJKoZIhvcNAQEL
BQAwHzEdMBsGA1UEAwwUcnNhLTEwMjQuaWRwLmV4YW1wbGUwHhcNMjYxMTIyMDk0
OTE3WhcNMzYxMTE5MDk0OTE3WjAfMR0wGwYDVQQDDBRyc2EtMTAyNC5pZHAuZXhh
bXBsZTCBnzANBgkqhkiG9w0BAQEFAAOBjQAwgYkCgYEAqOKk0LJEUbHvMYhL+rWP
CrEs1f9GrO6rlETz2aOMs4R8h1q+sWOcUdA1k1ryMDugb1tMt0KrOLhWugmuDraC
sn6k1OoaqD9KxHP9oag9kVCgMm4+33/cgRLVN3fWsCKfhRLG9EZiHGL7boPs1r2o
sRkhYKc0nTAujY/YG/PU38MCAwEAAaNTMFEwHQYDVR0OBBYEFDPyUt4ltjDasgae
v6oym9CDnNE3MB8GA1UdIwQYMBaAFDPyUt4ltjDasgaev6oym9CDnNE3MA8GA1Ud
EwEB/wQFMAMBAf8wDQYJKoZIhvcNAQELBQADgYEAk8aQbkgccgtOAs2UqTqkQV1s
iNSiQoLsJCkWnnWkRYrWH1zjvCMSNlqicsqSVJurANLCSwxpej8dAKpzx6dSTeER
3qQLvtXEckdoRnWi9U3yALg9Y0EPs2yo8ZvVc6vfgHwixqAO7hJhfnPHmV44ETT7
L9fss1mnYvfdYYFzOJQ=
-----END CERTIFICATE-----`,
  },
  // openssl req -x509 -nodes -keyout $KEY -days 3650 -newkey rsa:2047 -subj /CN=rsa-2047.idp.example
  rsa2047: {
    notBefore: '2026-11-22T09:49:19.000Z',
    notAfter: '2036-11-19T09:49:19.000Z',
    key: { type: 'RSA', bits: 2047 },
    subject: 'rsa-2047.idp.example',
    pem: `-----BEGIN CERTIFICATE-----
MIIDHjCCAgagAwIBAgIUV8pXRHztdYY5VIJus2suIF+mC9kwDQYJKoZIhvcNAQEL
BQAwHzEdMBsGA1UEAwwUcnNhLTIwNDcuaWRwLmV4YW1wbGUwHhcNMjYxMTIyMDk0
OTE5WhcNMzYxMTE5MDk0OTE5WjAfMR0wGwYDVQQDDBRyc2EtMjA0Ny5pZHAuZXhh
bXBsZTCCASEwDQYJKoZIhvcNAQEBBQADggEOADCCAQkCggEAbtR3YldMxNnYXIE5
AWqEuLdjoPZ3C9QMiLYxtZV1GK31qrEEKd3iWxPNMwXBbVyAWWW+Rt44BYieF5fZ
o+2FqBB2KeKWc8dQpiUnOJcciIxJe2zkv6Ep0ORdXsrhRNGG0KrHS/Kz3gSDlNHc
Wak/OKzFht0POTdNMwtc8ICEKTQ3j/Fxv5iXS+/JGn3AJEr2Hs+CAUrrTQVmBlMH
340U/dsqVsz7q5tTWjmaXnEL9epVnwF5ZnQ43hNVerDMhT/ix46A9DVyiVCD/Fid
M5LkRW92UBkl9rXnW4kCvwpsRB+7bvd/v+3ydlnBUXOhGR7YayAoiFf9R/qL/Ayt
PRiooQIDAQABo1MwUTAdBgNVHQ4EFgQURCddfB7UULoFf4Kntd0kE6cR1EIwHwYD
VR0jBBgwFoAURCddfB7UULoFf4Kntd0kE6cR1EIwDwYDVR0TAQH/BAUwAwEB/zAN
BgkqhkiG9w0BAQsFAAOCAQEAL0eLru8mJfyaSjdbTmDQBXTgP8jNZEgcYE1oIode
3+n9FznLdJ7qR2b3HnVaaP5Tyuv2s6/CgNaMYIKkcqVb47sfbNGBx4ZunNq8f4NM
x6TWrepQZizbSLtJ3iTH73pgbGvarvl1mrJMwwklZN1VSsBQ6u+nZsLzq8zxXFo7
hoDyjxbt4eyQ1NrhMAsCU9T+Fy1ucxp25lW821fqHWJfwWAcDWbAQo2K89BtCX/w
mGL+ry3tjYm+07HkdT09dDPRWHOv3N4Mzuf/nAU2iMF69jO0xav5I4sLIKEYGM8+
6KjNwKiMQVwwRBNPb7qfaYaeut/NSIPkcgEQM1bL/t+jfg==
-----END CERTIFICATE-----`,
  },
  // openssl req -x509 -nodes -keyout $KEY -days 3650 -newkey rsa:2048 -subj /O=Acme/CN=rsa-2048.idp.example
  rsa2048: {
    notBefore: '2026-11-22T09:49:17.000Z',
    notAfter: '2036-11-19T09:49:17.000Z',
    key: { type: 'RSA', bits: 2048 },
    subject: 'rsa-2048.idp.example',
    pem: `-----BEGIN CERTIFICATE-----
MIIDPTCCAiWgAwIBAgIUNrMtzUuqJhyOaW2RhP0syR1UWxAwDQYJKoZIhvcNAQEL
BQAwLjENMAsGA1UECgwEQWNtZTEdMBsGA1UEAwwUcnNhLTIwNDguaWRwLmV4YW1w
bGUwHhcNMjYxMTIyMDk0OTE3WhcNMzYxMTE5MDk0OTE3WjAuMQ0wCwYDVQQKDARB
Y21lMR0wGwYDVQQDDBRyc2EtMjA0OC5pZHAuZXhhbXBsZTCCASIwDQYJKoZIhvcN
AQEBBQADggEPADCCAQoCggEBALvo0X2NdlExuCkQVDznxOqYooKeY0TrIzUc60+1
btgGpGwDw9YboMba1LVXGTuRodK3Yw0VzZNbqWna4WJjCXEf6fuyv+5a7ridbIEI
fboTaeU1xBtJxyb3f+OLG8/zNW2gCuhhIDcAgGPo+MunUjMJ7EEcsezSTTfz5Oy2
rNarauxYkFanc2wg5c+IrPqZH6FCEdZ26g7s2UQ/v94iCz2FAfVtGwo5LZjdlgYu
MyUdzRvJCmN/dhLhlvpeaf7RVo29h4K3DR+oLM0CPme/LDHgymghpWS24AQvkiKg
4PhQnMSa47oFU3HsiWBCcm8K2KhLEZFYEgRLVgYQeoWnNz8CAwEAAaNTMFEwHQYD
VR0OBBYEFFMdhNX32fEsAbdEcEAp9a1pn8XdMB8GA1UdIwQYMBaAFFMdhNX32fEs
AbdEcEAp9a1pn8XdMA8GA1UdEwEB/wQFMAMBAf8wDQYJKoZIhvcNAQELBQADggEB
ADF6KS1Gt5409FXvBQBAO9c4KIvK4CTdpJlYy6/DNCE0dGGZMMRweHePRoS8xqCe
mxt0aCCFQe3Mr3dte4SrE2HVAu04yhFCM04bRHvwTFU7dVhg3ubo9kCNWPF1LXfn
gbj4LXYLukjlr/t3bkKtmBkGBfyxCPu/y54Mcx8KwRQC7DmE5pbMuLKGGR6XudgH
s58tXfvJiyJYCyLgwkSYMW3LEniKzaJvFbJIQDXI1PZXuM5KUhOoPVFiuHc86c5n
OjZzN7sTCZauAlKH/poRcemKb2SbO+F32wEb2vfqgsVh8MDmYVElFqzIFqoldhtC
/H7YgtJuGSM3TjD945r0Zms=
-----END CERTIFICATE-----`,
  },
  // openssl req -x509 -nodes -keyout $KEY -days 3650 -newkey rsa:3072 -subj /CN=rsa-3072.idp.example
  rsa3072: {
    notBefore: '2026-11-22T09:49:18.000Z',
    notAfter: '2036-11-19T09:49:18.000Z',
    key: { type: 'RSA', bits: 3072 },
    subject: 'rsa-3072.idp.example',
    pem: `-----BEGIN CERTIFICATE-----
MIIEHzCCAoegAwIBAgIUcOGAlxIGrnG4ZkQvcA1/ck6F9mAwDQYJKoZIhvcNAQEL
BQAwHzEdMBsGA1UEAwwUcnNhLTMwNzIuaWRwLmV4YW1wbGUwHhcNMjYxMTIyMDk0
OTE4WhcNMzYxMTE5MDk0OTE4WjAfMR0wGwYDVQQDDBRyc2EtMzA3Mi5pZHAuZXhh
bXBsZTCCAaIwDQYJKoZIhvcNAQEBBQADggGPADCCAYoCggGBAK9qiVOg5cdatwxD
ghAQMJUvr1/pDk5rcauIr5k8YLb9ssqETlC86hjFyyhrcRTNZJRLA5qJUAWK/yk2
v+pMJswyDOPt3qtwAFX3aikFFcxSnUADRHOpLB7tOVLeVb7WwIegIg9dGHfwsX1J
uK50cEoyJBKZh9Xz7bHO3ofxQHNOH0zDODLQ6Hy2lcY/ssLrwjGch0uafaQCZdb/
rh9ngtE6rjpeCH9wsRe4RJYqfrVAKuUtxF8HkMI2XnqYB2iVacozPV+RIiQDZ3SU
/5Yit3UGTozzcmfMcb3lrxIuxAkE1O93Y+fSCChNTIwKdnnacbrn7kNEIE8QqL4g
6975PaMbBu2LUaLXqDW0F+UJQZFLl321OYBvcUK8hAMkLuOJhqmy870er0u9N5SA
LXJsaZNZLHfLsw6krQ30PzxttpCnEDjZs4ebgVbzX1lPDbeBXdWlPw+4rN7YDvP6
oFmkheLyb5H8nazaUyU+x3pBlgVexOC0jHi/fadohSv8k8QfTwIDAQABo1MwUTAd
BgNVHQ4EFgQU3Xc5S+qg5txPV16H87XhfCQm2OwwHwYDVR0jBBgwFoAU3Xc5S+qg
5txPV16H87XhfCQm2OwwDwYDVR0TAQH/BAUwAwEB/zANBgkqhkiG9w0BAQsFAAOC
AYEAqr82SIp/ke5Wu7l3Y9qnAvtg8NwvoLRzUcjOMsT7knvrWg45I7j8k6pKvDuQ
qp28i46Zxalw5jdfc3p2CypZFDYCJVVjhprAfpA0bdsiB0fEf0Dyy3/zlcVvNG6s
guEtUkCi50wFpSY5zyUowqiF8Krjv5m0E13fqFxE73BEoagSFLeU2u0iqit67h6H
v4J+8yHPmYJKA5knoLr2DgZ8a3NAXvZMyGjbC/W5Tu1oqz+iZmsmJQ1bbJzYjFsS
EgRIFMQCzdD0mzPL2eIckK7j9IR7hLtf9VHacIeOZj0QQgPXdwCPy6Wu/4KgZHv1
pC2a6qLx+YENSV8RjqR3B8/npyot/MmnEEoBxnB9BXAK0TdbTtiwwnr5eLdGiP0Z
03koE0JwkmGetKSNrwyJeRSm/oGFgkjZCBMrYy6rHC0NYJ9MuMeBrwY+cX5At0ur
BkeTjfyxaGcosKbRE9Mn6zcDlxr1rwjFY/lLG68QiVaMYIOlVpncuPdKIGAYCJdP
8p8S
-----END CERTIFICATE-----`,
  },
  // openssl req -x509 -nodes -keyout $KEY -days 3650 -newkey rsa:4096 -subj /CN=rsa-4096.idp.example
  rsa4096: {
    notBefore: '2026-11-22T09:49:19.000Z',
    notAfter: '2036-11-19T09:49:19.000Z',
    key: { type: 'RSA', bits: 4096 },
    subject: 'rsa-4096.idp.example',
    pem: `-----BEGIN CERTIFICATE-----
MIIFHzCCAwegAwIBAgIUNpjBTjHoeGuj04xQ6i5iqE1pBwkwDQYJKoZIhvcNAQEL
BQAwHzEdMBsGA1UEAwwUcnNhLTQwOTYuaWRwLmV4YW1wbGUwHhcNMjYxMTIyMDk0
OTE5WhcNMzYxMTE5MDk0OTE5WjAfMR0wGwYDVQQDDBRyc2EtNDA5Ni5pZHAuZXhh
bXBsZTCCAiIwDQYJKoZIhvcNAQEBBQADggIPADCCAgoCggIBANmOUldWkabRLKEi
b7Sd0/oEMId1i1IJeQ3WsDPfXYsw20t54oIZu+aCTFpg0DAGQA6CTpVYe1Cix9F6
2JHyrYGvKCOdcErTkkYPx7yljM+qrM+OSDUn7G06sQy9kADq7Rj1qAreWyv05PZt
iGEO5dd4w5juZph/6Sb6d6d015bE3s1XhxPQUtpEUCT0llwQu4wDUcQDN05uRPey
ila1A8vnUVE4M6iP1evuaz74TKao0CJTGDSoxsgAKdmlTXPMO56rTh9+Up7Qqj7u
voGuTl08i95350QfdyHNMCM1y//POqxdxDzGC9PmwbHlWiDvOMIX+QPbJUR5tLcA
gJG/9v4AYEpMzfI5JSyXULkHaflNjn+LOwKgvfc4xbgcwqPRYXDH6AQGTophVqW3
Rk75FL+EIj+93490BfByuepMWrLDU/YQNUah8G3l67s7n2dYDJ7xoWLPWSJmsE7z
1kWzsjoKQek+a7koE2qwpIyPEASlrPRief4lV1mME4i9rOyVyOcd6PfmIwBYGKvO
Gk3pSeW76cNMCebNeA4gpsh26lAeUIJNTS2sH9xkWy9UL09PrVL5GkACiNH6z+W/
2eqj9umE5xvkcUviTza6XtS6GzxSY/UgUp/DkmLnyObAZB+AcFDEUWKog/Z/5FAo
5X27+MS4GJSHsiA3jYseiFfwKkg5AgMBAAGjUzBRMB0GA1UdDgQWBBTxbA0bf2Nh
K9r/3x4kq9WhkiQqxTAfBgNVHSMEGDAWgBTxbA0bf2NhK9r/3x4kq9WhkiQqxTAP
BgNVHRMBAf8EBTADAQH/MA0GCSqGSIb3DQEBCwUAA4ICAQAzMhsVNEST4ts9sjz9
JzPPEW8RxWh2FGVsVeF/DLMFD7xuumzNAncE8nh9wQ/0x0lSM1m7voLDNeQ6vSN4
VNThSUc7UZ6qTznPpD7J7ksS9GndH7t9d5+ERND2hlXtXfojlhkBbEjF31yXmIJH
a2bIRFvNeP03W7qwOHhTnFMOv9kZnqcaI89Aj2Xo0mvAtOObM+RO5UP47iAFvoe6
fY93Wn+0o1/k72MyVeD7pD5fIJUqaRtK3bMcJfcvpiRTf8Q2mroqin4maoJ6tIzv
4IJuDY6jBbuKZzhOqoSmKK2jnZQWK20uhCcQzcvWsc+acwD+siNKIBMfOpJX8rd9
bOWgBtbSuhvC1dFFoc7Bn3tSaTeWGEHK5emf4/sUukErVVzcMzs484oWxc9F2iq9
rhUMT5D5q0CVh5OjKBBwKu1+t7F0dGcCuX/hme6BVkoVt1RSzKyMmFa/xxkFO7Fv
EumzHUzAICoK/8ur1uh0ya9p5NyilQeRfPOEGyKHxcvxK/11UrWmKajxmtmpvSB6
1fVpU2fjEvhlw81AedsKLmUhmd0tnirV5WkEFfHEELbXLzE74AFuJY0fzNoakFbc
1VBuSq4FCqv7g/BPuDUQkfthP0XgwdbCo92Sl3hxcTwuiYsIxAP2P63iOhmWFIel
PvPdutzdKIGCntOb5oGJm4Ifpw==
-----END CERTIFICATE-----`,
  },
  // openssl req -x509 -nodes -keyout $KEY -days 3650 -newkey rsa-pss -pkeyopt rsa_keygen_bits:2048 -subj /CN=pss.idp.example
  rsaPss: {
    notBefore: '2026-11-22T09:49:19.000Z',
    notAfter: '2036-11-19T09:49:19.000Z',
    key: { type: 'other', oid: '1.2.840.113549.1.1.10' },
    subject: 'pss.idp.example',
    pem: `-----BEGIN CERTIFICATE-----
MIIDfDCCAi+gAwIBAgITYoTHG1vngxbG246oGVhoMAhr1DBCBgkqhkiG9w0BAQow
NaAPMA0GCWCGSAFlAwQCAQUAoRwwGgYJKoZIhvcNAQEIMA0GCWCGSAFlAwQCAQUA
ogQCAgDeMBoxGDAWBgNVBAMMD3Bzcy5pZHAuZXhhbXBsZTAeFw0yNjExMjIwOTQ5
MTlaFw0zNjExMTkwOTQ5MTlaMBoxGDAWBgNVBAMMD3Bzcy5pZHAuZXhhbXBsZTCC
ASAwCwYJKoZIhvcNAQEKA4IBDwAwggEKAoIBAQCwxV/Wrdsl/YeZYF3yHhY81oxN
6IL5AzFHhW0gv855yLiZpqD3NseQgJINOz2DdMeUuk4+1kqX6ZMZfGx8JHrmo7fi
6BFyfymjf82+1NFixtnq86WTwTs/FBZCv88BaOCaEei7vMZL6MDSfSFBuIwSGTUK
nYASBMBabV7Cu0sOu4yj/TNPqh2pdD7PNGCJFsb8qe93qnk5h1UwXCfV2vZ0ZUp4
rxKAbRNqhBGD0xxJYiFjY9SKtoRFKqOpb/U8Qm9tNCjqjqFXJcA93mxY6JfkRCyj
dmQPKm//zudGf/Exps0nJlbT0Tvef25oW5xOwjObLTs1ubyN3TnuCba64HNpAgMB
AAGjUzBRMB0GA1UdDgQWBBQPYjTTFAl/nQmSupX47DegjgoEtjAfBgNVHSMEGDAW
gBQPYjTTFAl/nQmSupX47DegjgoEtjAPBgNVHRMBAf8EBTADAQH/MEIGCSqGSIb3
DQEBCjA1oA8wDQYJYIZIAWUDBAIBBQChHDAaBgkqhkiG9w0BAQgwDQYJYIZIAWUD
BAIBBQCiBAICAN4DggEBAEgclDsDu/Jmkge5nAh0Swt3rXTMUlKjMDCDvhtETk5W
nV8cQqqD3U61s5p2s/k9grZT4WnwzZc2dbiITWEZsX6jBmWB4yQMy4XDGk8fOT4H
Wd+NHF6oIcbxQybUl8YC6i+usB8eyDuemQXvn2pQmdPxoBSDDpBknkuVPzIkI+ND
jJ/uV3TwHo5rPN5L0PNAJPp+xc+TESaO77pco6HI2iPJUKUYz25rqMvOFC5U11y0
TGRcIE5GHbgJieS+BOpb2BSFLk6RZ9Pw4fCdakeNOaEx/pwuXu3G2kklRWbUnGqI
Y/TdZ+JzT+ZCd5UmpWmKAbpYlcTIc46DHnzLexCKVN8=
-----END CERTIFICATE-----`,
  },
  // openssl req -x509 -nodes -keyout $KEY -days 3650 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -subj /CN=p-256.idp.example
  p256: {
    notBefore: '2026-11-22T09:49:19.000Z',
    notAfter: '2036-11-19T09:49:19.000Z',
    key: { type: 'EC', curve: 'P-256' },
    subject: 'p-256.idp.example',
    pem: `-----BEGIN CERTIFICATE-----
MIIBjDCCATOgAwIBAgIUEu/OlR1rce7MgwBGgSN9WrAUpYMwCgYIKoZIzj0EAwIw
HDEaMBgGA1UEAwwRcC0yNTYuaWRwLmV4YW1wbGUwHhcNMjYxMTIyMDk0OTE5WhcN
MzYxMTE5MDk0OTE5WjAcMRowGAYDVQQDDBFwLTI1Ni5pZHAuZXhhbXBsZTBZMBMG
ByqGSM49AgEGCCqGSM49AwEHA0IABM61cJzAbunX/16mtFU2reNyntn6qSbFNP3Q
twgXXAuTHdsOuQoxxClQwYveIMhYs198rD1XsXmZTBZwFPmGFN+jUzBRMB0GA1Ud
DgQWBBR9ylnLP9Q0tKduy/2r9QRW68Gs1DAfBgNVHSMEGDAWgBR9ylnLP9Q0tKdu
y/2r9QRW68Gs1DAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0cAMEQCIEqu
H3j8hyJyf/vc0FQE/dPzamBfQff+j3JZ2LSQ3s1sAiBxByiFtmeAwC4og2U7FaP4
6HtPNyxl0zZq8mzJsl2HkA==
-----END CERTIFICATE-----`,
  },
  // openssl ecparam -name prime256v1 -genkey -noout | openssl ec -conv_form compressed -out $KEY; openssl req -x509 -new -key $KEY -days 3650 -subj /CN=compressed.idp.example
  p256Compressed: {
    notBefore: '2026-11-22T09:53:42.000Z',
    notAfter: '2036-11-19T09:53:42.000Z',
    key: { type: 'EC', curve: 'P-256' },
    subject: 'compressed.idp.example',
    pem: `-----BEGIN CERTIFICATE-----
MIIBdjCCAR2gAwIBAgIUTHmPACuku/ck+lr2eM9tOaDLb4cwCgYIKoZIzj0EAwIw
ITEfMB0GA1UEAwwWY29tcHJlc3NlZC5pZHAuZXhhbXBsZTAeFw0yNjExMjIwOTUz
NDJaFw0zNjExMTkwOTUzNDJaMCExHzAdBgNVBAMMFmNvbXByZXNzZWQuaWRwLmV4
YW1wbGUwOTATBgcqhkjOPQIBBggqhkjOPQMBBwMiAAONyVS5NLyhDtq6wAeGMa6l
FvcuxNtDVwFhB5EYaY6cEKNTMFEwHQYDVR0OBBYEFKFASSuMCcu5gPDeGvUN1eE7
VRK3MB8GA1UdIwQYMBaAFKFASSuMCcu5gPDeGvUN1eE7VRK3MA8GA1UdEwEB/wQF
MAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIgFJzjecSDwU7V9uXq5zVOJI0bgXAjX7An
5NhDAPglfw0CIFIH3j6DQMWQz/eQyARh/AtaQOE+MELAQ+hzCNpIPdFH
-----END CERTIFICATE-----`,
  },
  // openssl req -x509 -nodes -keyout $KEY -days 3650 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit -subj /CN=explicit.idp.example
  p256Explicit: {
    notBefore: '2026-11-22T09:49:43.000Z',
    notAfter: '2036-11-19T09:49:43.000Z',
    key: { type: 'other', oid: '1.2.840.10045.2.1' },
    subject: 'explicit.idp.example',
    pem: `-----BEGIN CERTIFICATE-----
MIIChjCCAi2gAwIBAgIUCeqsprDcBms0JTSoDsPA004fbcwwCgYIKoZIzj0EAwIw
HzEdMBsGA1UEAwwUZXhwbGljaXQuaWRwLmV4YW1wbGUwHhcNMjYxMTIyMDk0OTQz
WhcNMzYxMTE5MDk0OTQzWjAfMR0wGwYDVQQDDBRleHBsaWNpdC5pZHAuZXhhbXBs
ZTCCAUswggEDBgcqhkjOPQIBMIH3AgEBMCwGByqGSM49AQECIQD/////AAAAAQAA
AAAAAAAAAAAAAP///////////////zBbBCD/////AAAAAQAAAAAAAAAAAAAAAP//
/////////////AQgWsY12Ko6k+ez671VdpiGvGUdBrDMU7D2O848PifSYEsDFQDE
nTYIhucEk2pmeOETnSa3gZ9+kARBBGsX0fLhLEJH+Lzm5WOkQPJ3A32BLeszoPSh
OUXYmMKWT+NC4v4af5uO5+tKfA+eFivOM1drMV7Oy7ZAaDe/UfUCIQD/////AAAA
AP//////////vOb6racXnoTzucrC/GMlUQIBAQNCAAQXau+yWsMfVWzoYNFkod8C
HRnrdoDxx26FuC0NQ/akMq/0iTHcINKqunuJ4d98X5DUP+zQFJgKMShW2qNGY/06
o1MwUTAdBgNVHQ4EFgQU1YmL2L0ugAftT0vVw3eFJ1xJq1EwHwYDVR0jBBgwFoAU
1YmL2L0ugAftT0vVw3eFJ1xJq1EwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQD
AgNHADBEAiAYyE8SPlhkR4AUitVor93BNTsDDoQxt5OnDS9oKz5NSwIgSD23cWnQ
d/nh/FmjrR/9AI9nvK8UwcqUXPRmxCEQoKU=
-----END CERTIFICATE-----`,
  },
  // openssl req -x509 -nodes -keyout $KEY -days 3650 -newkey ec -pkeyopt ec_paramgen_curve:P-384 -subj /CN=p-384.idp.example
  p384: {
    notBefore: '2026-11-22T09:49:19.000Z',
    notAfter: '2036-11-19T09:49:19.000Z',
    key: { type: 'EC', curve: 'P-384' },
    subject: 'p-384.idp.example',
    pem: `-----BEGIN CERTIFICATE-----
MIIByjCCAVCgAwIBAgIUUFQWNdbVN43zpC2RNnnu80QmqdowCgYIKoZIzj0EAwIw
HDEaMBgGA1UEAwwRcC0zODQuaWRwLmV4YW1wbGUwHhcNMjYxMTIyMDk0OTE5WhcN
MzYxMTE5MDk0OTE5WjAcMRowGAYDVQQDDBFwLTM4NC5pZHAuZXhhbXBsZTB2MBAG
ByqGSM49AgEGBSuBBAAiA2IABNtg2KivQ4gKPXvdsHGqiFqEnygs+n3t/R5dVQPL
VF2Pn4NrpVk7grbgPzqVnZoCJ6fvmggga40elgRP6gD4VVOQhHXJujtWortn1UzA
x4uUL4cLZhwHJSDo4GFoPEC2d6NTMFEwHQYDVR0OBBYEFC3bEE10RbxV+Cs2+AR0
LFsGT99zMB8GA1UdIwQYMBaAFC3bEE10RbxV+Cs2+AR0LFsGT99zMA8GA1UdEwEB
/wQFMAMBAf8wCgYIKoZIzj0EAwIDaAAwZQIxANrAt2AUyhfcglDjwFj0kKKRd5/L
MIG3uDRklUPIv2Yj9eAQeNFkApwtOC3ljcbhawIwSYmWhc/Fy+X++gdGaYszeaH9
ISrKn3VBydtcQuYfC+QFe6cNOdFx9uEG3v8FdpT/
-----END CERTIFICATE-----`,
  },
  // openssl req -x509 -nodes -keyout $KEY -days 3650 -newkey ec -pkeyopt ec_paramgen_curve:P-521 -subj /CN=p-521.idp.example
  p521: {
    notBefore: '2026-11-22T09:49:19.000Z',
    notAfter: '2036-11-19T09:49:19.000Z',
    key: { type: 'EC', curve: 'P-521' },
    subject: 'p-521.idp.example',
    pem: `-----BEGIN CERTIFICATE-----
MIICFTCCAXagAwIBAgIUBqEiZBy7D1vn7NXJ09RTe/nh4S8wCgYIKoZIzj0EAwIw
HDEaMBgGA1UEAwwRcC01MjEuaWRwLmV4YW1wbGUwHhcNMjYxMTIyMDk0OTE5WhcN
MzYxMTE5MDk0OTE5WjAcMRowGAYDVQQDDBFwLTUyMS5pZHAuZXhhbXBsZTCBmzAQ
BgcqhkjOPQIBBgUrgQQAIwOBhgAEAIz8p0ZMukTdbJsFo3XQqZ9esQ+aS6WnAf/o
Z4R9DHaV9UNE1idMJbGnyUbnfNd9OAXvoY3K4NNxYZ64+G7vxLmIAeiutdSfGQKs
01rNjsd3UlEoffxBOLkJid2QZsP5YUWHyeDyY/iGLcrqKbZRD0NvvTnYQFjqsfxR
VtErjtWY87Wjo1MwUTAdBgNVHQ4EFgQUjgbMMd0Fa/v8IHolOkhnKcAjGkMwHwYD
VR0jBBgwFoAUjgbMMd0Fa/v8IHolOkhnKcAjGkMwDwYDVR0TAQH/BAUwAwEB/zAK
BggqhkjOPQQDAgOBjAAwgYgCQgDs7ZtcGWw82i36tUObAAiBc2PWBx8B/6XaJ285
daBXPNElpCxm2ji/+7HBvgnpnuZgOOTdt8b1Kq5sV7/L8kQAigJCAWIjJqQo9fp8
eHjcORQPO6vGmo+wExcKpZDmU2tIJe97sCxTbqpwoRl3TVhJy6rFk71UoQd2B46K
vgT7/BpYXnCD
-----END CERTIFICATE-----`,
  },
  // openssl req -x509 -nodes -keyout $KEY -days 3650 -newkey ec -pkeyopt ec_paramgen_curve:secp256k1 -subj /CN=secp256k1.idp.example
  secp256k1: {
    notBefore: '2026-11-22T09:49:19.000Z',
    notAfter: '2036-11-19T09:49:19.000Z',
    key: { type: 'other', oid: '1.3.132.0.10' },
    subject: 'secp256k1.idp.example',
    pem: `-----BEGIN CERTIFICATE-----
MIIBkzCCATigAwIBAgIUH+grecyZuY1XpkNzy2bXO8cKacQwCgYIKoZIzj0EAwIw
IDEeMBwGA1UEAwwVc2VjcDI1NmsxLmlkcC5leGFtcGxlMB4XDTI2MTEyMjA5NDkx
OVoXDTM2MTExOTA5NDkxOVowIDEeMBwGA1UEAwwVc2VjcDI1NmsxLmlkcC5leGFt
cGxlMFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAEQeFkBzYOhpeyEEnhZqLzuOOd2VHY
9O7tsVGgSwSfN0j6NdGmkMPjvgA3gjPCk+8Lis4dloiYaifc4doLN7alPKNTMFEw
HQYDVR0OBBYEFAY5FMoEV6M+4IYOvWLip4HfOsYFMB8GA1UdIwQYMBaAFAY5FMoE
V6M+4IYOvWLip4HfOsYFMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSQAw
RgIhALMPA9O1qubP46dbt/uYUOG/gWFnLOq4uARToRaiUN8gAiEAzPY43X7y+SXc
PCe8raFX9VDv+NzTylN9bYKvyWqsGYs=
-----END CERTIFICATE-----`,
  },
  // openssl req -x509 -nodes -keyout $KEY -days 3650 -newkey ed25519 -subj /CN=ed25519.idp.example
  ed25519: {
    notBefore: '2026-11-22T09:49:19.000Z',
    notAfter: '2036-11-19T09:49:19.000Z',
    key: { type: 'Ed25519' },
    subject: 'ed25519.idp.example',
    pem: `-----BEGIN CERTIFICATE-----
MIIBUTCCAQOgAwIBAgIUNrJJ9jIsL5d9NSobO3bHcpNldPcwBQYDK2VwMB4xHDAa
BgNVBAMME2VkMjU1MTkuaWRwLmV4YW1wbGUwHhcNMjYxMTIyMDk0OTE5WhcNMzYx
MTE5MDk0OTE5WjAeMRwwGgYDVQQDDBNlZDI1NTE5LmlkcC5leGFtcGxlMCowBQYD
K2VwAyEAUStsRDFXNepnkU1tLaYXqQVb3wg4x2UY2GQbZEjjdEujUzBRMB0GA1Ud
DgQWBBQcHQN4BfVC/oQZl3U8biLc1SpHBzAfBgNVHSMEGDAWgBQcHQN4BfVC/oQZ
l3U8biLc1SpHBzAPBgNVHRMBAf8EBTADAQH/MAUGAytlcANBAOkXVG688wuEn/yb
a+0ZKDe/3wr3ocIm9lFUxe4HHI5Y7GVMX7D6HQgTHD+TpnWNCnHRru0/BYKFi4iG
MAMmtA0=
-----END CERTIFICATE-----`,
  },
  // CA -startdate 200101000000Z -enddate 210101000000Z
  expired: {
    notBefore: '2020-01-01T00:00:00.000Z',
    notAfter: '2021-01-01T00:00:00.000Z',
    key: { type: 'EC', curve: 'P-256' },
    subject: 'expired.idp.example',
    pem: `-----BEGIN CERTIFICATE-----
MIIBIzCBygIBATAKBggqhkjOPQQDAjAeMRwwGgYDVQQDDBNleHBpcmVkLmlkcC5l
eGFtcGxlMB4XDTIwMDEwMTAwMDAwMFoXDTIxMDEwMTAwMDAwMFowHjEcMBoGA1UE
AwwTZXhwaXJlZC5pZHAuZXhhbXBsZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IA
BF9sw2OIzQX4VEK9JOQT1tbwJMHvfYZZyotMFEfwm66iuCtHXalM1wSTckzaMwgj
RnJZARj5sQxPV+fmXcwPu0gwCgYIKoZIzj0EAwIDSAAwRQIhAN2RZ2MYUDEN9nyx
hLcVPsC/dHPcqolcmdF7/yipceLBAiBPy0Ff/jGbf/IeK8hW50Z+ldcayttdui49
Ng8Ekvv7Bw==
-----END CERTIFICATE-----`,
  },
  // CA -startdate 20480101000000Z -enddate 20491231235959Z
  notYetValid: {
    notBefore: '2048-01-01T00:00:00.000Z',
    notAfter: '2049-12-31T23:59:59.000Z',
    key: { type: 'EC', curve: 'P-256' },
    subject: 'not-yet-valid.idp.example',
    pem: `-----BEGIN CERTIFICATE-----
MIIBLzCB1gIBATAKBggqhkjOPQQDAjAkMSIwIAYDVQQDDBlub3QteWV0LXZhbGlk
LmlkcC5leGFtcGxlMB4XDTQ4MDEwMTAwMDAwMFoXDTQ5MTIzMTIzNTk1OVowJDEi
MCAGA1UEAwwZbm90LXlldC12YWxpZC5pZHAuZXhhbXBsZTBZMBMGByqGSM49AgEG
CCqGSM49AwEHA0IABMBggV+v3fNAvTjLuvhD9r8i9yD2a/LdLRcWjhYXjU6tl46F
H2pYbPTU1rXN+KFzbeEZDE7cAyKqZJtTNV/sbXgwCgYIKoZIzj0EAwIDSAAwRQIh
ALIagLk3eN4NAaMvPBFhfPrcR5mY7R2y7W1tM3vjl+NxAiAHsDRL/wB/l/3sVlt/
vuOmJ5QYlEDM7sQmgaY8Dnx+eQ==
-----END CERTIFICATE-----`,
  },
  // openssl req -x509 -nodes -keyout $KEY -days 3650 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -days 36500 -subj /CN=after-2050.idp.example
  after2050: {
    notBefore: '2026-11-22T09:49:19.000Z',
    notAfter: '2126-10-29T09:49:19.000Z',
    key: { type: 'EC', curve: 'P-256' },
    subject: 'after-2050.idp.example',
    pem: `-----BEGIN CERTIFICATE-----
MIIBmDCCAT+gAwIBAgIUJ36MeyhJAJ8VZYvlecjkqhfowcMwCgYIKoZIzj0EAwIw
ITEfMB0GA1UEAwwWYWZ0ZXItMjA1MC5pZHAuZXhhbXBsZTAgFw0yNjExMjIwOTQ5
MTlaGA8yMTI2MTAyOTA5NDkxOVowITEfMB0GA1UEAwwWYWZ0ZXItMjA1MC5pZHAu
ZXhhbXBsZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABFIvQU6GLIy+nrXw1jJ0
dgztUkPvmFSvSbxL5Uw5BBLZodbd9TYgOwfkjE0/MjglD6VTwuHAIoGlCU89yPdW
NmCjUzBRMB0GA1UdDgQWBBTaa3OcVfpvIF4+xyOiJMGC+GJ1xTAfBgNVHSMEGDAW
gBTaa3OcVfpvIF4+xyOiJMGC+GJ1xTAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49
BAMCA0cAMEQCIG9ioLf6kiVjdKhCHNx5ILvQe08DxqtdP1H1SMaBsoXzAiAohbO+
E+5VYKofweQNuxcWXjrJ8K1Cz20mTQt/npgyxw==
-----END CERTIFICATE-----`,
  },
  // CA -startdate 19500101000000Z -enddate 99991231235959Z
  years1950To9999: {
    notBefore: '1950-01-01T00:00:00.000Z',
    notAfter: '9999-12-31T23:59:59.000Z',
    key: { type: 'EC', curve: 'P-256' },
    subject: 'years-1950-to-9999.idp.example',
    pem: `-----BEGIN CERTIFICATE-----
MIIBOjCB4gIBATAKBggqhkjOPQQDAjApMScwJQYDVQQDDB55ZWFycy0xOTUwLXRv
LTk5OTkuaWRwLmV4YW1wbGUwIBcNNTAwMTAxMDAwMDAwWhgPOTk5OTEyMzEyMzU5
NTlaMCkxJzAlBgNVBAMMHnllYXJzLTE5NTAtdG8tOTk5OS5pZHAuZXhhbXBsZTBZ
MBMGByqGSM49AgEGCCqGSM49AwEHA0IABPE269AN8bkC6wNhbmYuXfaw+sEdP8FF
PzzQGAMZCTZha+ClB3x/9v8ewlOHR9NKL150ois/u6z1piQnaFIOLeowCgYIKoZI
zj0EAwIDRwAwRAIgejn6PUaUyGmzNq8370/BnrIPBgtASOESsrshkVUaYcgCIFQ6
4fBddYWk5FZNvAPWjEw/2YIZ79r+ekTJYCnOIMjJ
-----END CERTIFICATE-----`,
  },
  // openssl req -new $EC -subj /CN=v1.idp.example -out $CSR; openssl x509 -req -in $CSR -signkey $KEY -days 3650
  version1: {
    notBefore: '2026-11-22T09:49:43.000Z',
    notAfter: '2036-11-19T09:49:43.000Z',
    key: { type: 'EC', curve: 'P-256' },
    subject: 'v1.idp.example',
    pem: `-----BEGIN CERTIFICATE-----
MIIBLDCB0wIUc/hxDtSfp7vcFOVghQ2NdyWrrmMwCgYIKoZIzj0EAwIwGTEXMBUG
A1UEAwwOdjEuaWRwLmV4YW1wbGUwHhcNMjYxMTIyMDk0OTQzWhcNMzYxMTE5MDk0
OTQzWjAZMRcwFQYDVQQDDA52MS5pZHAuZXhhbXBsZTBZMBMGByqGSM49AgEGCCqG
SM49AwEHA0IABPnZpk4yuTY2d/ipa/pHi0I1MCR+NF4Tn440ePWPAY4qzeB8u3sp
8v2Bsqu9XHUa3tXpwK+mJQgqURN+/6VdS90wCgYIKoZIzj0EAwIDSAAwRQIgHcMo
jhB7SrDEvAUr2QP2rG2CPWKe6SNEtVZvj8hHRlQCIQDsLREYY24fjS1uzUhmFeot
JLCm7CZjpA5tAvC711xYjg==
-----END CERTIFICATE-----`,
  },
  // openssl req -x509 -nodes -keyout $KEY -days 3650 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -utf8 -subj '/CN=Müller & Söhne'
  nonAscii: {
    notBefore: '2026-11-22T09:49:19.000Z',
    notAfter: '2036-11-19T09:49:19.000Z',
    key: { type: 'EC', curve: 'P-256' },
    subject: 'Müller & Söhne',
    pem: `-----BEGIN CERTIFICATE-----
MIIBijCCATGgAwIBAgIUCBgw22uDofKQcnWT9H3nF7Pei74wCgYIKoZIzj0EAwIw
GzEZMBcGA1UEAwwQTcO8bGxlciAmIFPDtmhuZTAeFw0yNjExMjIwOTQ5MTlaFw0z
NjExMTkwOTQ5MTlaMBsxGTAXBgNVBAMMEE3DvGxsZXIgJiBTw7ZobmUwWTATBgcq
hkjOPQIBBggqhkjOPQMBBwNCAASI/3JOvH58ZSmWlLp5oxNFkHSxAfKmiE7E+Lm6
p8fDiaUPo8eM8ruDUZq2wmiziJiWi6wsNdCLvsNUcXqxjmOio1MwUTAdBgNVHQ4E
FgQU8hd1TtoKTmjQjJN9fj+5fdBvMacwHwYDVR0jBBgwFoAU8hd1TtoKTmjQjJN9
fj+5fdBvMacwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiAkfGwl
H1s5jwlQeBzUN6vm6AzyKY9shcS1pSzJScNbKgIgeW4qxCSRu2v7+XhQyERspgMF
7mT+OwmbatRz7xcf3fw=
-----END CERTIFICATE-----`,
  },
  // openssl req -x509 -nodes -keyout $KEY -days 3650 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -subj /O=Acme
  noCommonName: {
    notBefore: '2026-11-22T09:49:19.000Z',
    notAfter: '2036-11-19T09:49:19.000Z',
    key: { type: 'EC', curve: 'P-256' },
    pem: `-----BEGIN CERTIFICATE-----
MIIBcjCCARmgAwIBAgIUIqXqEhZiFzHMq9MAIcfnoeBwTrswCgYIKoZIzj0EAwIw
DzENMAsGA1UECgwEQWNtZTAeFw0yNjExMjIwOTQ5MTlaFw0zNjExMTkwOTQ5MTla
MA8xDTALBgNVBAoMBEFjbWUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATMtvW+
InBn0Wy1JMoQAmi3aNO+o9TRhGLriLXK54lOxKRhoSXAHhl1uU4GsWK7jbvhkF6r
mrRbzG2RUS5Izjgvo1MwUTAdBgNVHQ4EFgQUzzDJqpzsEtk1RFOIknbBUvwJwz0w
HwYDVR0jBBgwFoAUzzDJqpzsEtk1RFOIknbBUvwJwz0wDwYDVR0TAQH/BAUwAwEB
/zAKBggqhkjOPQQDAgNHADBEAiBrpwQcObhqedU6m5wPZHKvoHrnKuojEOnFlWOk
sqcQOAIgMdBbimLWiDBidwIaazI6TqXhx9zdbDREAI8D3PqWLN8=
-----END CERTIFICATE-----`,
  },
} as const satisfies Readonly<Record<string, TestCertificate>>

/** The request that `version1` answers. */
export const testRequest = `-----BEGIN CERTIFICATE REQUEST-----
MIHUMHsCAQAwGTEXMBUGA1UEAwwOdjEuaWRwLmV4YW1wbGUwWTATBgcqhkjOPQIB
BggqhkjOPQMBBwNCAAT52aZOMrk2Nnf4qWv6R4tCNTAkfjReE5+ONHj1jwGOKs3g
fLt7KfL9gbKrvVx1Gt7V6cCvpiUIKlETfv+lXUvdoAAwCgYIKoZIzj0EAwIDSQAw
RgIhAM78YuP8x3QbrERjyZhgzt0SvhQtFmsZE4sUTuzBwj5TAiEAhXn+vryKiI24
D+m2Y+mBxKMa3XDhJ3Ooc/VkrG+Bb4o=
-----END CERTIFICATE REQUEST-----`

/** The key of `version1`: openssl ec -in $KEY -pubout */
export const testPublicKey = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE+dmmTjK5NjZ3+Klr+keLQjUwJH40
XhOfjjR49Y8BjirN4Hy7eyny/YGyq71cdRre1enAr6YlCCpRE37/pV1L3Q==
-----END PUBLIC KEY-----`
