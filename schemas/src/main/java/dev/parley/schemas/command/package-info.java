/// Commands: what a person asks for; values of the records of `parley.commands`.
@NullMarked
package dev.parley.schemas.command;

import org.jspecify.annotations.NullMarked;
