/// What the node needs around it, and whether it answers.
@NullMarked
package dev.parley.edge.reach;

import org.jspecify.annotations.NullMarked;
