import * as v from 'valibot'
import { complaint, section, text, url } from './fields.ts'

const organization = section({
  name: v.pipe(text(256), v.description('its name')),
  display_name: v.optional(
    v.pipe(text(256), v.description('its name as people should read it; without it `name`')),
  ),
  url: v.pipe(url, v.description('where people learn more about it')),
})

const contact = section({
  type: v.optional(
    v.pipe(
      v.picklist(['technical', 'support', 'administrative', 'billing', 'other']),
      v.description("what to turn to them for, in SAML's words"),
    ),
    'technical',
  ),
  name: v.optional(v.pipe(text(256), v.description('who it is'))),
  email: v.pipe(text(254), v.description('the e-mail address; better that of a team than that of a person')),
})

/** `service_provider`: who runs this, as our metadata tells SAML identity providers. */
export const serviceProvider = section({
  organization: v.optional(
    v.pipe(organization, v.description('the organisation that runs this installation')),
  ),
  contacts: v.optional(
    v.pipe(
      v.array(contact),
      v.check((contacts) => contacts.length > 0, complaint('value_empty', 'must not be an empty list')),
      v.description('whom to turn to; a list'),
    ),
  ),
})
