/// Keys of bots and other programs, and the access tokens that are got with them. Owns
/// identity.service_key.
@NullMarked
package dev.parley.identity.service;

import org.jspecify.annotations.NullMarked;
