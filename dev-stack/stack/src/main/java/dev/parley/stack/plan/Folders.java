package dev.parley.stack.plan;

import java.nio.file.Path;

/// Where a stack keeps what.
///
///     <data>/kafka|postgres|redis|elasticsearch   data of the engines
///     <data>/services/<name>                      working folder of a service
///     <data>/app/<module>                         what runs, set apart from what the build writes
///     <data>/secrets                              generated once, mode 600
///     <data>/tls                                  the stack's own authority and certificates, with --tls
///     <data>/logs/<name>.log                      output of each process
///     <data>/run                                  what is running: lock, state, progress of the start
public record Folders(Path data) {

  public Path engine(String name) {
    return data.resolve(name);
  }

  public Path service(String name) {
    return data.resolve("services").resolve(name);
  }

  public Path app(String module) {
    return data.resolve("app").resolve(module);
  }

  public Path secrets() {
    return data.resolve("secrets");
  }

  public Path tls() {
    return data.resolve("tls");
  }

  public Path logs() {
    return data.resolve("logs");
  }

  public Path log(String name) {
    return logs().resolve(name + ".log");
  }

  public Path run() {
    return data.resolve("run");
  }

  public Path lock() {
    return run().resolve("lock");
  }

  public Path state() {
    return run().resolve("state");
  }

  public Path progress() {
    return run().resolve("progress.log");
  }
}
