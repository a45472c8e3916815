<?php

use SAML2\Constants;

$settings = json_decode(file_get_contents(getenv('INTEROP_SETTINGS')), true);

$metadata['__DYNAMIC:1__'] = $settings['identityProvider'] + [
    'host' => '__DEFAULT__',
    'privatekey' => 'idp.key',
    'certificate' => 'idp.crt',
    'auth' => 'people',
    'SingleSignOnServiceBinding' => [Constants::BINDING_HTTP_REDIRECT, Constants::BINDING_HTTP_POST],
    'SingleLogoutServiceBinding' => [Constants::BINDING_HTTP_REDIRECT, Constants::BINDING_HTTP_POST],
];
