<?php

/*
 * SimpleSAMLphp's own configuration: an identity provider on loopback, and nothing else. What differs from start to start
 * (where it answers, who may log in, which service providers it knows) is in the JSON file that INTEROP_SETTINGS names.
 */

$settings = json_decode(file_get_contents(getenv('INTEROP_SETTINGS')), true);

$config = [
    'baseurlpath' => $settings['baseUrl'] . '/simplesaml/',
    'certdir' => $settings['folder'] . '/cert/',
    'loggingdir' => $settings['folder'] . '/log/',
    'datadir' => $settings['folder'] . '/data/',
    'tempdir' => $settings['folder'] . '/tmp',
    'metadatadir' => __DIR__ . '/metadata/',

    'enable.saml20-idp' => true,
    'module.enable' => ['exampleauth' => true, 'core' => true, 'saml' => true],

    'secretsalt' => $settings['salt'],
    'auth.adminpassword' => $settings['salt'],
    'admin.checkforupdates' => false,
    // Where a person may be sent after a logout that began here.
    'trusted.url.domains' => ['127.0.0.1'],
    'technicalcontact_email' => 'nobody@idp.example',
    'timezone' => 'UTC',

    'debug' => ['saml' => false, 'backtraces' => true, 'validatexml' => false],
    'showerrors' => true,
    'errorreporting' => false,
    'logging.level' => SimpleSAML\Logger::INFO,
    'logging.handler' => 'stderr',

    'session.cookie.secure' => false,
    'session.cookie.samesite' => null,
    'language.cookie.secure' => false,
    'language.cookie.samesite' => null,
    'session.phpsession.savepath' => $settings['folder'] . '/sessions',
    'store.type' => 'phpsession',
    'language.default' => 'en',
    'language.available' => ['en'],

    'metadata.sources' => [['type' => 'flatfile']],
];
