package dev.parley.stack.plan;

import dev.parley.stack.process.JavaCommand;
import dev.parley.stack.process.Launch;
import dev.parley.stack.process.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;

/// Ends TLS before an engine that cannot: the embedded Elasticsearch has no security module. It
/// asks for a certificate, since the engine asks for nothing.
record ProxyUnit(String name, int port, int innerPort, Folders folders, Encryption encryption)
    implements Unit {

  @Override
  public void prepare() throws IOException {
    Files.createDirectories(folders.data());
  }

  @Override
  public Launch launch() {
    var command =
        JavaCommand.withHeap(64)
            .flags("-Dvertx.disableFileCPResolving=true")
            .main(folders.app("stack"), "dev.parley.stack.gateway.TlsProxyMain")
            .arguments(port, innerPort)
            .arguments(encryption.arguments("elasticsearch"));
    return Launch.of(command.line(), folders.data(), folders.log(name));
  }

  @Override
  public boolean ready() {
    return encryption.isAnswered(encryption.http() + "://127.0.0.1:" + port + "/");
  }

  @Override
  public Duration startLimit() {
    return Duration.ofSeconds(180);
  }
}
