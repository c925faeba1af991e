package dev.parley.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;

/// What a client asks until it is answered, with the same ids each time.
///
/// @param id of the command; of what is no command, of the request
record Request(UUID id, UUID conversation, String type, ObjectNode content) {

  boolean isCommand() {
    return !type.equals("read");
  }
}
