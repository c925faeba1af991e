/// Passwords: their rule, Argon2id, and the bounded pool it runs on.
@NullMarked
package dev.parley.identity.password;

import org.jspecify.annotations.NullMarked;
