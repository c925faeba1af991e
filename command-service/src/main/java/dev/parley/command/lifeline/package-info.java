/// How deciders see at once that one of them was killed, instead of after its session.
@NullMarked
package dev.parley.command.lifeline;

import org.jspecify.annotations.NullMarked;
