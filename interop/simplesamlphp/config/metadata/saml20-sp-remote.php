<?php

use SimpleSAML\Metadata\SAMLParser;

/*
 * Our service providers, as SimpleSAMLphp's own parser reads the metadata that we publish, and what an administrator there
 * sets beside it.
 */

$settings = json_decode(file_get_contents(getenv('INTEROP_SETTINGS')), true);

foreach ($settings['serviceProviders'] as $provider) {
    if (!file_exists($provider['metadataPath'])) {
        // Doorward is not there yet.
        continue;
    }
    $entityId = $provider['entityId'];
    $parsed = SAMLParser::parseFile($provider['metadataPath'])->getMetadata20SP();
    if ($parsed === null || $parsed['entityid'] !== $entityId) {
        throw new Exception("the metadata of $entityId is not that of a SAML 2.0 service provider");
    }
    $metadata[$entityId] = $provider['options'] + $parsed;
}
