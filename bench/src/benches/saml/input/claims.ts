import type { Size } from '../names.ts'

/** What an assertion says, and what whoever validates it must have read. */
export interface Claims {
  readonly nameId: string
  /** In the order in which they stand. */
  readonly attributes: readonly Attribute[]
}

/** An attribute with its values. */
interface Attribute {
  readonly name: string
  readonly values: readonly string[]
}

const PERSON: readonly Attribute[] = [
  { name: 'uid', values: ['alex.person'] },
  { name: 'email', values: ['alex.person@customer.example.com'] },
  { name: 'first_name', values: ['Alex'] },
  { name: 'last_name', values: ['Person'] },
  { name: 'department', values: ['Research & Development'] },
]

const MORE: readonly Attribute[] = [
  ['display_name', 'Alex Person (Research & Development)'],
  ['employee_number', '0048151623'],
  ['title', 'Principal Engineer, Perception'],
  ['company', 'Customer Example GmbH'],
  ['office', 'Building 7, Floor 3, Room 3.141'],
  ['street_address', 'Example Street 42'],
  ['locality', 'Exampleton'],
  ['country', 'DE'],
  ['manager', 'CN=Kim Manager,OU=People,OU=Research,DC=customer,DC=example,DC=com'],
].map(([name = '', value = '']) => ({ name, values: [value] }))

/** With each size: whether there are fifteen attributes or six, and how many groups. */
const SHAPES: Readonly<Record<Size, { readonly more: boolean; readonly groups: number }>> = {
  '6 KB': { more: false, groups: 2 },
  '10 KB': { more: true, groups: 8 },
  '53 KB': { more: false, groups: 200 },
  '480 KB': { more: false, groups: 2000 },
}

/** @returns what the assertion of this size says: its groups are the last attribute */
export function claimsOf(size: Size): Claims {
  const { more, groups } = SHAPES[size]
  return {
    nameId: '00u1a2b3c4d5e6f7g8h9',
    attributes: [
      ...PERSON,
      ...(more ? MORE : []),
      { name: 'groups', values: Array.from({ length: groups }, (_, index) => groupOf(index)) },
    ],
  }
}

/** As a directory names them. */
function groupOf(index: number): string {
  return `CN=project-${String(index).padStart(4, '0')},OU=Manufacturing,OU=Groups,DC=customer,DC=example,DC=com`
}
