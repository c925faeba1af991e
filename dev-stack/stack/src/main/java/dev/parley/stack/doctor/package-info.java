/// What can be wrong with a machine or a stack: one sentence each, with the cure.
@NullMarked
package dev.parley.stack.doctor;

import org.jspecify.annotations.NullMarked;
