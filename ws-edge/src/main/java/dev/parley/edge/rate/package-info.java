/// What a person may still ask on this node, out of the rate that all nodes and REST share.
@NullMarked
package dev.parley.edge.rate;

import org.jspecify.annotations.NullMarked;
