/// Outcomes that add no event; values of the records of `parley.rejections`.
@NullMarked
package dev.parley.schemas.outcome;

import org.jspecify.annotations.NullMarked;
