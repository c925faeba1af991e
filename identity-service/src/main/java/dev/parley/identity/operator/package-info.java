/// What an operator may do with the deployment's operator secret.
@NullMarked
package dev.parley.identity.operator;

import org.jspecify.annotations.NullMarked;
