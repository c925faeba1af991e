/// What a person types: `up`, `down`, `status`, `logs`, `doctor`, `replay`. Exit code 0 says that
/// all is well.
@NullMarked
package dev.parley.stack.command;

import org.jspecify.annotations.NullMarked;
