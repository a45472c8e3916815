/**
 * Who is asking. Cloudflare sets the header itself and overwrites what the client sends. Of an IPv6 address only the
 * first 64 bits count: the rest is the customer's own to change.
 */
export function clientAddress(request: Request): string {
  const address = request.headers.get('cf-connecting-ip') ?? 'unknown'
  return address.includes(':') ? networkOf(address) : address
}

function networkOf(address: string): string {
  const [head = '', tail] = address.split('::')
  const groups = head === '' ? [] : head.split(':')
  if (tail !== undefined) {
    const after = tail === '' ? [] : tail.split(':')
    while (groups.length + after.length < 8) groups.push('0')
  }
  return groups.slice(0, 4).join(':')
}
