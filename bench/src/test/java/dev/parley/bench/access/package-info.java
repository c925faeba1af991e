/// Who may ask for what, found out by asking: every address and frame of the code, by everybody
/// there is.
@NullMarked
package dev.parley.bench.access;

import org.jspecify.annotations.NullMarked;
