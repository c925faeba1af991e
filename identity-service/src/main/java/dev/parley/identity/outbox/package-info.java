/// The way of people and revocations from the database to the log. Owns the table identity.outbox.
@NullMarked
package dev.parley.identity.outbox;

import org.jspecify.annotations.NullMarked;
