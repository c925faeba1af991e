package dev.parley.identity.operator;

import dev.parley.identity.person.DisplayName;
import dev.parley.identity.person.PersonName;
import java.util.UUID;

/// A person of another system, as the operator names them.
record Newcomer(UUID id, PersonName name, DisplayName displayName) {}
