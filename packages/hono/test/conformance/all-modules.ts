import type { Module } from './module.ts'
import { module as fapi2SecurityProfileFinalClientTestEnsureAuthorizationResponseWithInvalidMissingStateFails } from './modules/fapi2-security-profile-final-client-test-ensure-authorization-response-with-invalid-missing-state-fails.ts'
import { module as fapi2SecurityProfileFinalClientTestEnsureAuthorizationResponseWithInvalidStateFails } from './modules/fapi2-security-profile-final-client-test-ensure-authorization-response-with-invalid-state-fails.ts'
import { module as fapi2SecurityProfileFinalClientTestInvalidAuthorizationResponseIss } from './modules/fapi2-security-profile-final-client-test-invalid-authorization-response-iss.ts'
import { module as fapi2SecurityProfileFinalClientTestInvalidExpiredExp } from './modules/fapi2-security-profile-final-client-test-invalid-expired-exp.ts'
import { module as fapi2SecurityProfileFinalClientTestInvalidMissingExp } from './modules/fapi2-security-profile-final-client-test-invalid-missing-exp.ts'
import { module as fapi2SecurityProfileFinalClientTestInvalidMissingIss } from './modules/fapi2-security-profile-final-client-test-invalid-missing-iss.ts'
import { module as fapi2SecurityProfileFinalClientTestInvalidMissingNonce } from './modules/fapi2-security-profile-final-client-test-invalid-missing-nonce.ts'
import { module as fapi2SecurityProfileFinalClientTestInvalidSecondaryAud } from './modules/fapi2-security-profile-final-client-test-invalid-secondary-aud.ts'
import { module as fapi2SecurityProfileFinalClientTestRemoveAuthorizationResponseIss } from './modules/fapi2-security-profile-final-client-test-remove-authorization-response-iss.ts'
import { module as fapi2SecurityProfileFinalClientTestTokenEndpointResponseWithoutExpiresIn } from './modules/fapi2-security-profile-final-client-test-token-endpoint-response-without-expires_in.ts'
import { module as fapi2SecurityProfileFinalClientTestTokenTypeCaseInsensitivity } from './modules/fapi2-security-profile-final-client-test-token-type-case-insensitivity.ts'
import { module as fapi2SecurityProfileFinalClientTestValidAudAsArray } from './modules/fapi2-security-profile-final-client-test-valid-aud-as-array.ts'
import { module as oidccClientTest } from './modules/oidcc-client-test.ts'
import { module as oidccClientTest3rdPartyInitLogin } from './modules/oidcc-client-test-3rd-party-init-login.ts'
import { module as oidccClientTestAggregatedClaims } from './modules/oidcc-client-test-aggregated-claims.ts'
import { module as oidccClientTestClientSecretBasic } from './modules/oidcc-client-test-client-secret-basic.ts'
import { module as oidccClientTestDiscoveryIssuerMismatch } from './modules/oidcc-client-test-discovery-issuer-mismatch.ts'
import { module as oidccClientTestDiscoveryJwksUriKeys } from './modules/oidcc-client-test-discovery-jwks-uri-keys.ts'
import { module as oidccClientTestDiscoveryOpenidConfig } from './modules/oidcc-client-test-discovery-openid-config.ts'
import { module as oidccClientTestDistributedClaims } from './modules/oidcc-client-test-distributed-claims.ts'
import { module as oidccClientTestFormPostError } from './modules/oidcc-client-test-form-post-error.ts'
import { module as oidccClientTestIdtokenSigNone } from './modules/oidcc-client-test-idtoken-sig-none.ts'
import { module as oidccClientTestIdtokenSigRs256 } from './modules/oidcc-client-test-idtoken-sig-rs256.ts'
import { module as oidccClientTestInvalidAthash } from './modules/oidcc-client-test-invalid-athash.ts'
import { module as oidccClientTestInvalidAud } from './modules/oidcc-client-test-invalid-aud.ts'
import { module as oidccClientTestInvalidChash } from './modules/oidcc-client-test-invalid-chash.ts'
import { module as oidccClientTestInvalidIss } from './modules/oidcc-client-test-invalid-iss.ts'
import { module as oidccClientTestInvalidSigEs256 } from './modules/oidcc-client-test-invalid-sig-es256.ts'
import { module as oidccClientTestInvalidSigHs256 } from './modules/oidcc-client-test-invalid-sig-hs256.ts'
import { module as oidccClientTestInvalidSigRs256 } from './modules/oidcc-client-test-invalid-sig-rs256.ts'
import { module as oidccClientTestKidAbsentMultipleJwks } from './modules/oidcc-client-test-kid-absent-multiple-jwks.ts'
import { module as oidccClientTestKidAbsentSingleJwks } from './modules/oidcc-client-test-kid-absent-single-jwks.ts'
import { module as oidccClientTestMissingAud } from './modules/oidcc-client-test-missing-aud.ts'
import { module as oidccClientTestMissingIat } from './modules/oidcc-client-test-missing-iat.ts'
import { module as oidccClientTestMissingSub } from './modules/oidcc-client-test-missing-sub.ts'
import { module as oidccClientTestNonceInvalid } from './modules/oidcc-client-test-nonce-invalid.ts'
import { module as oidccClientTestNonceUnlessCodeFlow } from './modules/oidcc-client-test-nonce-unless-code-flow.ts'
import { module as oidccClientTestRpBackchannelRpinitlogout } from './modules/oidcc-client-test-rp-backchannel-rpinitlogout.ts'
import { module as oidccClientTestRpBackchannelRpinitlogoutAlgNone } from './modules/oidcc-client-test-rp-backchannel-rpinitlogout-alg-none.ts'
import { module as oidccClientTestRpBackchannelRpinitlogoutNoEvent } from './modules/oidcc-client-test-rp-backchannel-rpinitlogout-no-event.ts'
import { module as oidccClientTestRpBackchannelRpinitlogoutWithNonce } from './modules/oidcc-client-test-rp-backchannel-rpinitlogout-with-nonce.ts'
import { module as oidccClientTestRpBackchannelRpinitlogoutWrongAlg } from './modules/oidcc-client-test-rp-backchannel-rpinitlogout-wrong-alg.ts'
import { module as oidccClientTestRpBackchannelRpinitlogoutWrongAud } from './modules/oidcc-client-test-rp-backchannel-rpinitlogout-wrong-aud.ts'
import { module as oidccClientTestRpBackchannelRpinitlogoutWrongEvent } from './modules/oidcc-client-test-rp-backchannel-rpinitlogout-wrong-event.ts'
import { module as oidccClientTestRpBackchannelRpinitlogoutWrongIss } from './modules/oidcc-client-test-rp-backchannel-rpinitlogout-wrong-iss.ts'
import { module as oidccClientTestRpFrontchannelOpinitlogout } from './modules/oidcc-client-test-rp-frontchannel-opinitlogout.ts'
import { module as oidccClientTestRpFrontchannelRpinitlogout } from './modules/oidcc-client-test-rp-frontchannel-rpinitlogout.ts'
import { module as oidccClientTestRpInitLogout } from './modules/oidcc-client-test-rp-init-logout.ts'
import { module as oidccClientTestRpInitLogoutNoState } from './modules/oidcc-client-test-rp-init-logout-no-state.ts'
import { module as oidccClientTestRpInitLogoutOtherState } from './modules/oidcc-client-test-rp-init-logout-other-state.ts'
import { module as oidccClientTestScopeUserinfoClaims } from './modules/oidcc-client-test-scope-userinfo-claims.ts'
import { module as oidccClientTestSigningKeyRotation } from './modules/oidcc-client-test-signing-key-rotation.ts'
import { module as oidccClientTestSigningKeyRotationJustBeforeSigning } from './modules/oidcc-client-test-signing-key-rotation-just-before-signing.ts'
import { module as oidccClientTestUserinfoBearerHeader } from './modules/oidcc-client-test-userinfo-bearer-header.ts'
import { module as oidccClientTestUserinfoInvalidSub } from './modules/oidcc-client-test-userinfo-invalid-sub.ts'

/** Every module, by the suite's own name of it. Written by `pnpm generate`. */
export const allModules: Readonly<Record<string, Module>> = {
  'fapi2-security-profile-final-client-test-ensure-authorization-response-with-invalid-missing-state-fails':
    fapi2SecurityProfileFinalClientTestEnsureAuthorizationResponseWithInvalidMissingStateFails,
  'fapi2-security-profile-final-client-test-ensure-authorization-response-with-invalid-state-fails':
    fapi2SecurityProfileFinalClientTestEnsureAuthorizationResponseWithInvalidStateFails,
  'fapi2-security-profile-final-client-test-invalid-authorization-response-iss':
    fapi2SecurityProfileFinalClientTestInvalidAuthorizationResponseIss,
  'fapi2-security-profile-final-client-test-invalid-expired-exp':
    fapi2SecurityProfileFinalClientTestInvalidExpiredExp,
  'fapi2-security-profile-final-client-test-invalid-missing-exp':
    fapi2SecurityProfileFinalClientTestInvalidMissingExp,
  'fapi2-security-profile-final-client-test-invalid-missing-iss':
    fapi2SecurityProfileFinalClientTestInvalidMissingIss,
  'fapi2-security-profile-final-client-test-invalid-missing-nonce':
    fapi2SecurityProfileFinalClientTestInvalidMissingNonce,
  'fapi2-security-profile-final-client-test-invalid-secondary-aud':
    fapi2SecurityProfileFinalClientTestInvalidSecondaryAud,
  'fapi2-security-profile-final-client-test-remove-authorization-response-iss':
    fapi2SecurityProfileFinalClientTestRemoveAuthorizationResponseIss,
  'fapi2-security-profile-final-client-test-token-endpoint-response-without-expires_in':
    fapi2SecurityProfileFinalClientTestTokenEndpointResponseWithoutExpiresIn,
  'fapi2-security-profile-final-client-test-token-type-case-insensitivity':
    fapi2SecurityProfileFinalClientTestTokenTypeCaseInsensitivity,
  'fapi2-security-profile-final-client-test-valid-aud-as-array':
    fapi2SecurityProfileFinalClientTestValidAudAsArray,
  'oidcc-client-test': oidccClientTest,
  'oidcc-client-test-3rd-party-init-login': oidccClientTest3rdPartyInitLogin,
  'oidcc-client-test-aggregated-claims': oidccClientTestAggregatedClaims,
  'oidcc-client-test-client-secret-basic': oidccClientTestClientSecretBasic,
  'oidcc-client-test-discovery-issuer-mismatch': oidccClientTestDiscoveryIssuerMismatch,
  'oidcc-client-test-discovery-jwks-uri-keys': oidccClientTestDiscoveryJwksUriKeys,
  'oidcc-client-test-discovery-openid-config': oidccClientTestDiscoveryOpenidConfig,
  'oidcc-client-test-distributed-claims': oidccClientTestDistributedClaims,
  'oidcc-client-test-form-post-error': oidccClientTestFormPostError,
  'oidcc-client-test-idtoken-sig-none': oidccClientTestIdtokenSigNone,
  'oidcc-client-test-idtoken-sig-rs256': oidccClientTestIdtokenSigRs256,
  'oidcc-client-test-invalid-athash': oidccClientTestInvalidAthash,
  'oidcc-client-test-invalid-aud': oidccClientTestInvalidAud,
  'oidcc-client-test-invalid-chash': oidccClientTestInvalidChash,
  'oidcc-client-test-invalid-iss': oidccClientTestInvalidIss,
  'oidcc-client-test-invalid-sig-es256': oidccClientTestInvalidSigEs256,
  'oidcc-client-test-invalid-sig-hs256': oidccClientTestInvalidSigHs256,
  'oidcc-client-test-invalid-sig-rs256': oidccClientTestInvalidSigRs256,
  'oidcc-client-test-kid-absent-multiple-jwks': oidccClientTestKidAbsentMultipleJwks,
  'oidcc-client-test-kid-absent-single-jwks': oidccClientTestKidAbsentSingleJwks,
  'oidcc-client-test-missing-aud': oidccClientTestMissingAud,
  'oidcc-client-test-missing-iat': oidccClientTestMissingIat,
  'oidcc-client-test-missing-sub': oidccClientTestMissingSub,
  'oidcc-client-test-nonce-invalid': oidccClientTestNonceInvalid,
  'oidcc-client-test-nonce-unless-code-flow': oidccClientTestNonceUnlessCodeFlow,
  'oidcc-client-test-rp-backchannel-rpinitlogout': oidccClientTestRpBackchannelRpinitlogout,
  'oidcc-client-test-rp-backchannel-rpinitlogout-alg-none': oidccClientTestRpBackchannelRpinitlogoutAlgNone,
  'oidcc-client-test-rp-backchannel-rpinitlogout-no-event': oidccClientTestRpBackchannelRpinitlogoutNoEvent,
  'oidcc-client-test-rp-backchannel-rpinitlogout-with-nonce':
    oidccClientTestRpBackchannelRpinitlogoutWithNonce,
  'oidcc-client-test-rp-backchannel-rpinitlogout-wrong-alg': oidccClientTestRpBackchannelRpinitlogoutWrongAlg,
  'oidcc-client-test-rp-backchannel-rpinitlogout-wrong-aud': oidccClientTestRpBackchannelRpinitlogoutWrongAud,
  'oidcc-client-test-rp-backchannel-rpinitlogout-wrong-event':
    oidccClientTestRpBackchannelRpinitlogoutWrongEvent,
  'oidcc-client-test-rp-backchannel-rpinitlogout-wrong-iss': oidccClientTestRpBackchannelRpinitlogoutWrongIss,
  'oidcc-client-test-rp-frontchannel-opinitlogout': oidccClientTestRpFrontchannelOpinitlogout,
  'oidcc-client-test-rp-frontchannel-rpinitlogout': oidccClientTestRpFrontchannelRpinitlogout,
  'oidcc-client-test-rp-init-logout': oidccClientTestRpInitLogout,
  'oidcc-client-test-rp-init-logout-no-state': oidccClientTestRpInitLogoutNoState,
  'oidcc-client-test-rp-init-logout-other-state': oidccClientTestRpInitLogoutOtherState,
  'oidcc-client-test-scope-userinfo-claims': oidccClientTestScopeUserinfoClaims,
  'oidcc-client-test-signing-key-rotation': oidccClientTestSigningKeyRotation,
  'oidcc-client-test-signing-key-rotation-just-before-signing':
    oidccClientTestSigningKeyRotationJustBeforeSigning,
  'oidcc-client-test-userinfo-bearer-header': oidccClientTestUserinfoBearerHeader,
  'oidcc-client-test-userinfo-invalid-sub': oidccClientTestUserinfoInvalidSub,
}
