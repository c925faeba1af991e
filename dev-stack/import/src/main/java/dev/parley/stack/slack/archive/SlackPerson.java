package dev.parley.stack.slack.archive;

/// A member of the workspace, or somebody who only appears as an author.
///
/// @param id Slack's id
/// @param name what they are mentioned by there; may be anything
/// @param displayName what others read there; may be anything
public record SlackPerson(String id, String name, String displayName) {}
