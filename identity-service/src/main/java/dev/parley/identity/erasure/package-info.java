/// Being forgotten: the transaction that destroys what is kept of a person, its receipt, and the
/// watch over `parley.users` until older records of theirs are gone. Owns the table
/// identity.erasure.
@NullMarked
package dev.parley.identity.erasure;

import org.jspecify.annotations.NullMarked;
