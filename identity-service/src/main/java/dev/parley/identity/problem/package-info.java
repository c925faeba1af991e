/// Every refusal and failure as a problem document (RFC 9457).
@NullMarked
package dev.parley.identity.problem;

import org.jspecify.annotations.NullMarked;
