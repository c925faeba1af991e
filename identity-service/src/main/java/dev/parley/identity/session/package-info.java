/// Sessions: families of one-time refresh tokens. Owns identity.session and identity.refresh_token.
@NullMarked
package dev.parley.identity.session;

import org.jspecify.annotations.NullMarked;
