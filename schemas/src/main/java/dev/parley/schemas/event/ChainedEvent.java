package dev.parley.schemas.event;

import com.google.protobuf.ByteString;

/// An event with its hash, and the record that holds both.
///
/// @param hash SHA-256 over the event's bytes, which contain the hash of the event before it
/// @param record value of the record of `parley.events`; not to be changed
@SuppressWarnings("ArrayRecordComponent") // Handed on as it is, never compared.
public record ChainedEvent(Event event, ByteString hash, byte[] record) {}
