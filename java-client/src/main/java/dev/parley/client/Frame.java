package dev.parley.client;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// What a client sends: a type and its content. [Frames] makes them.
///
/// @param content the object `d`; not to be changed after the frame was handed over
public record Frame(String type, ObjectNode content) {}
