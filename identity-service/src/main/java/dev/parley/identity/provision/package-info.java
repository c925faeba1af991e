/// What other services ask for: people whom another issuer of tokens knows become people here, and
/// what is kept of a person goes into their export.
@NullMarked
package dev.parley.identity.provision;

import org.jspecify.annotations.NullMarked;
