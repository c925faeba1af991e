/// What admins of the deployment see of conversations that are not theirs: that they are there, and
/// nothing of what is said in them.
@NullMarked
package dev.parley.projection.admin;

import org.jspecify.annotations.NullMarked;
