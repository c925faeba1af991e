/// The keys that sign access tokens, and their publication. Owns the table identity.signing_key.
@NullMarked
package dev.parley.identity.signing;

import org.jspecify.annotations.NullMarked;
