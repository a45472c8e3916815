import { describe, expect, it } from 'vitest'
import { refusalOf } from '../../test/scenario.ts'
import { randomId } from '../encoding/random.ts'
import { createSealer } from '../encoding/seal.ts'
import { Secret } from '../encoding/secret.ts'
import { DEFAULT_RETURN_TO } from './return-to.ts'
import {
  isTransactionId,
  type LoginTransaction,
  newTransactionId,
  openTransaction,
  sealTransaction,
  TRANSACTION_LIFETIME,
} from './transaction.ts'

const sealer = createSealer([new Secret(randomId(32))])
const createdAt = Date.UTC(2026, 0, 1)

const newTransaction = (): LoginTransaction => ({
  id: newTransactionId(),
  connection: 'acme',
  fingerprint: 'fingerprint',
  baseUrl: 'https://sso.example.com',
  returnTo: DEFAULT_RETURN_TO,
  forceLogin: false,
  createdAt,
  state: { nonce: 'nonce', codeVerifier: 'verifier' },
})

describe('a sealed transaction', () => {
  it('opens as it was', async () => {
    const transaction = newTransaction()
    const sealed = await sealTransaction(transaction, sealer)
    expect(await openTransaction(transaction.id, sealed, createdAt, sealer)).toEqual(transaction)
  })

  it('fits into a cookie with the longest address to return to', async () => {
    const returnTo = `/${'a'.repeat(1023)}` as LoginTransaction['returnTo']
    const state = { nonce: randomId(16), codeVerifier: randomId(32) }
    const sealed = await sealTransaction(
      { ...newTransaction(), returnTo, state, connection: 'a'.repeat(64) },
      sealer,
    )
    expect(sealed.length).toBeLessThan(3000)
  })

  it('opens until the last millisecond of its life, and not after', async () => {
    const transaction = newTransaction()
    const sealed = await sealTransaction(transaction, sealer)
    const end = createdAt + TRANSACTION_LIFETIME
    expect(await openTransaction(transaction.id, sealed, end - 1, sealer)).toEqual(transaction)
    expect(await refusalOf(openTransaction(transaction.id, sealed, end, sealer))).toBe('transaction_expired')
    expect(await refusalOf(openTransaction(transaction.id, sealed, end + 1, sealer))).toBe(
      'transaction_expired',
    )
  })

  it('does not open for another id', async () => {
    const sealed = await sealTransaction(newTransaction(), sealer)
    const attempt = openTransaction(newTransactionId(), sealed, createdAt, sealer)
    expect(await refusalOf(attempt)).toBe('transaction_unreadable')
  })

  it('does not open when it was altered', async () => {
    const transaction = newTransaction()
    const sealed = await sealTransaction(transaction, sealer)
    const altered = (sealed.startsWith('A') ? 'B' : 'A') + sealed.slice(1)
    const attempt = openTransaction(transaction.id, altered, createdAt, sealer)
    expect(await refusalOf(attempt)).toBe('transaction_unreadable')
  })

  it('does not open with another secret', async () => {
    const transaction = newTransaction()
    const sealed = await sealTransaction(transaction, sealer)
    const other = createSealer([new Secret(randomId(32))])
    expect(await refusalOf(openTransaction(transaction.id, sealed, createdAt, other))).toBe(
      'transaction_unreadable',
    )
  })

  it('is missing where this browser has none', async () => {
    const attempt = openTransaction(newTransactionId(), undefined, createdAt, sealer)
    expect(await refusalOf(attempt)).toBe('transaction_missing')
  })

  it('is unreadable where the cookie is empty', async () => {
    expect(await refusalOf(openTransaction(newTransactionId(), '', createdAt, sealer))).toBe(
      'transaction_unreadable',
    )
  })
})

describe('isTransactionId', () => {
  it('knows a new one', () => {
    expect(isTransactionId(newTransactionId())).toBe(true)
  })

  it.each([
    '',
    'a'.repeat(21),
    'a'.repeat(23),
    `${'a'.repeat(21)}=`,
    `${'a'.repeat(21)}/`,
    `${'a'.repeat(22)}\n`,
  ])('does not take %j for one', (text) => {
    expect(isTransactionId(text)).toBe(false)
  })
})
