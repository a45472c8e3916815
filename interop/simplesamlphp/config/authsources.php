<?php

$settings = json_decode(file_get_contents(getenv('INTEROP_SETTINGS')), true);

$users = ['exampleauth:UserPass'];
foreach ($settings['users'] as $user) {
    $users[$user['username'] . ':' . $user['password']] = $user['attributes'];
}

$config = ['people' => $users];
