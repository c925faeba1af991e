/// Forgetting people: [Erasures] empties what they wrote, [Expunging] has the engine drop it from
/// its files.
@NullMarked
package dev.parley.search.erasure;

import org.jspecify.annotations.NullMarked;
