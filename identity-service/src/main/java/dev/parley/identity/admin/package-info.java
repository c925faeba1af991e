/// What admins of the deployment do with people, bots, sessions and erasures, by REST. Each change
/// is written down in the audit.
@NullMarked
package dev.parley.identity.admin;

import org.jspecify.annotations.NullMarked;
