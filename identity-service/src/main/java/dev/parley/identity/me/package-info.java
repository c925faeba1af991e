/// What a person does with their own account: profile, whom they block, being forgotten.
@NullMarked
package dev.parley.identity.me;

import org.jspecify.annotations.NullMarked;
