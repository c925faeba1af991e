/// The way of people from the database to the topic parley.users. Owns the table identity.outbox.
@NullMarked
package dev.parley.identity.outbox;

import org.jspecify.annotations.NullMarked;
