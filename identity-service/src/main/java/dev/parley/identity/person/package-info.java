/// People: names and their rules, profiles, look-up. Owns the table identity.person.
@NullMarked
package dev.parley.identity.person;

import org.jspecify.annotations.NullMarked;
