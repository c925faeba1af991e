/// What a stack consists of: folders, ports, secrets, and the units with the order in which they
/// start.
@NullMarked
package dev.parley.stack.plan;

import org.jspecify.annotations.NullMarked;
