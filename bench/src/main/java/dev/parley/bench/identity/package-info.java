/// What identity and sealed content cost: checks of tokens, seals, reconnects.
@NullMarked
package dev.parley.bench.identity;

import org.jspecify.annotations.NullMarked;
