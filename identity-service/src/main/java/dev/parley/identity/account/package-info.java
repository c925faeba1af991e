/// Registering and logging in: how a person gets tokens.
@NullMarked
package dev.parley.identity.account;

import org.jspecify.annotations.NullMarked;
