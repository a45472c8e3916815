import { describe } from 'vitest'
import { createSamlHost } from './saml/host.ts'
import { samlSuite } from './saml-suite.ts'

describe('on Node', () => samlSuite(createSamlHost))
