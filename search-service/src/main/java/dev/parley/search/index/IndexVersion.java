package dev.parley.search.index;

/// One version of the index. Positions belong to the index that was created, not to its name: if it
/// is deleted and created again, it is read from the beginning again.
///
/// @param created the id that Elasticsearch gave the message index when it was created
public record IndexVersion(int number, String messages, String access, String created) {}
