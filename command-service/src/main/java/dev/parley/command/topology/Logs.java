package dev.parley.command.topology;

import dev.parley.schemas.topic.Topics;

/// The topics that the topology joins. There is one set; tests of determinism use several on one
/// broker.
public record Logs(String commands, String events, String rejections) {

  public static final Logs PARLEY = new Logs(Topics.COMMANDS, Topics.EVENTS, Topics.REJECTIONS);
}
