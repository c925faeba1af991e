/// How the node is: readiness and metrics.
@NullMarked
package dev.parley.edge.health;

import org.jspecify.annotations.NullMarked;
