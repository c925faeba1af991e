/// Who administered what, when. Owns the table identity.audit.
@NullMarked
package dev.parley.identity.audit;

import org.jspecify.annotations.NullMarked;
