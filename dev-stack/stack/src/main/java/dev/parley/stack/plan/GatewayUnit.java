package dev.parley.stack.plan;

import dev.parley.stack.process.Checkout;
import dev.parley.stack.process.JavaCommand;
import dev.parley.stack.process.Launch;
import dev.parley.stack.process.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The origin for the browser, in a process of its own.
///
/// @param backends `<target>=<port>,<port>...`
record GatewayUnit(int port, List<String> backends, Folders folders, Encryption encryption)
    implements Unit {

  @Override
  public String name() {
    return "gateway";
  }

  @Override
  public void prepare() throws IOException {
    if (Files.notExists(page().resolve("index.html"))) {
      throw new IOException(
          "The page is not built (web/dist/index.html is missing): run ./parley up, which builds it");
    }
  }

  @Override
  public Launch launch() {
    var command =
        JavaCommand.withHeap(128)
            .flags("-Dvertx.disableFileCPResolving=true")
            .learning(name())
            .main(folders.app("stack"), "dev.parley.stack.gateway.GatewayMain")
            .arguments(port, page())
            .arguments(encryption.arguments("gateway"))
            .arguments(backends);
    return Launch.of(command.line(), folders.data(), folders.log(name()));
  }

  @Override
  public boolean ready() {
    return encryption.isAnswered(encryption.http() + "://127.0.0.1:" + port + "/index.html");
  }

  @Override
  public Duration startLimit() {
    return Duration.ofSeconds(180);
  }

  private static Path page() {
    return Checkout.root().resolve("web/dist");
  }
}
