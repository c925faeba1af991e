package dev.parley.stack.plan;

import dev.parley.stack.process.AotCache;
import dev.parley.stack.process.Checkout;
import dev.parley.stack.process.JavaCommand;
import dev.parley.stack.process.Launch;
import dev.parley.stack.process.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// One Quarkus service.
///
/// @param name unique in the stack: `ws-edge-2`
/// @param module the folder in the checkout that holds it: `ws-edge`
public record ServiceUnit(
    String name,
    String module,
    int port,
    int heapMegabytes,
    Map<String, String> environment,
    Folders folders,
    Encryption encryption)
    implements Unit {

  private static final String JAR = "quarkus-run.jar";
  private static final int GRACE_SECONDS = 25;

  @Override
  public void prepare() throws IOException {
    Files.createDirectories(folders.service(name));
  }

  @Override
  public Launch launch() {
    var command =
        JavaCommand.withHeap(heapMegabytes)
            .flags(
                // The classes of a start are no reason to collect the whole heap, three times.
                "-XX:MetaspaceSize=128m",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager")
            .learning(module)
            .jar(jar());
    return new Launch(
        command.line(),
        environment,
        folders.service(name),
        folders.log(name),
        Launch.StopSignal.TERM,
        AotCache.graceSeconds(GRACE_SECONDS));
  }

  @Override
  public boolean ready() {
    return encryption.isAnswered(readyUrl());
  }

  public String readyUrl() {
    return encryption.http() + "://127.0.0.1:" + port + "/q/health/ready";
  }

  @Override
  public Duration startLimit() {
    return Duration.ofSeconds(300);
  }

  /// Sets apart what the build made; once for all nodes of a module, before the first start.
  public void stage() throws IOException {
    Path built = Checkout.root().resolve(module).resolve("target/quarkus-app");
    if (Files.notExists(built.resolve(JAR))) {
      throw new IOException(
          "%s is not built (%s/target/quarkus-app is missing): run ./parley up, which builds it"
              .formatted(name, module));
    }
    Staging.stage(built, folders.app(module));
  }

  private Path jar() {
    return folders.app(module).resolve(JAR);
  }
}
