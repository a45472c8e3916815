import { SsoError } from '@doorward/core'
import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { AppEnvironment } from '../context.ts'

/** The largest body that any call needs but those below, in bytes. */
const MAX_BODY = 16 * 1024

/** The largest SAML message, 1 MiB of XML, as base64 in a form, in bytes. */
const MAX_SAML_BODY = 2 * 1024 * 1024

/** The largest answer of an OpenID Provider in a form, in bytes: an ID Token with as many groups as a session can hold. */
const MAX_ANSWER_BODY = 128 * 1024

/** Refuses large bodies, before anything reads them: only what identity providers post may be large. */
export function bodyLimits(): MiddlewareHandler<AppEnvironment> {
  const [limit, answerLimit, samlLimit] = [
    limitTo(MAX_BODY),
    limitTo(MAX_ANSWER_BODY),
    limitTo(MAX_SAML_BODY),
  ]
  return (c, next) => {
    if (isForSamlMessages(c.req.path)) return samlLimit(c, next)
    return (isForAnswers(c.req.path) ? answerLimit : limit)(c, next)
  }
}

function isForSamlMessages(path: string): boolean {
  return /^\/api\/auth\/saml\/[^/]+\/(acs|sls)\/?$/.test(path)
}

function isForAnswers(path: string): boolean {
  return /^\/(api\/auth\/oidc\/[^/]+\/login\/callback|oidc\/callback|callback_[^/]+)\/?$/.test(path)
}

function limitTo(maxSize: number): MiddlewareHandler {
  const details = { maxBytes: maxSize }
  return bodyLimit({
    maxSize,
    onError: () => Promise.reject(new SsoError('request_invalid', 'the body is too large', { details })),
  })
}
