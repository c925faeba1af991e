package dev.parley.stack.engine;

import dev.parley.stack.process.Checkout;
import dev.parley.stack.process.JavaCommand;
import dev.parley.stack.process.Launch;
import dev.parley.stack.process.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// One Elasticsearch node.
///
/// @param data holds `index`, the engine's own logs and the ready file
public record ElasticsearchEngine(
    int port, int transportPort, Path data, Path log, int heapMegabytes) implements Unit {

  @Override
  public String name() {
    return "elasticsearch";
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void prepare() throws IOException {
    Files.createDirectories(data);
    Files.deleteIfExists(readyFile());
  }

  @Override
  public Launch launch() {
    Path home = Checkout.root().resolve("dev-stack/elasticsearch/target/es-home");
    var command =
        JavaCommand.withHeap(heapMegabytes)
            .flags(
                "-Xms192m",
                "-Xmn96m",
                "-Xss1m",
                "-XX:-OmitStackTraceInFastThrow",
                "-Dio.netty.noUnsafe=true",
                "-Dio.netty.noKeySetOptimization=true",
                "-Dio.netty.recycler.maxCapacityPerThread=0",
                "-Dlog4j2.shutdownHookEnabled=false",
                "-Dlog4j2.disable.jmx=true",
                "-Dfile.encoding=UTF-8",
                "-Djava.awt.headless=true")
            .learning(name())
            .main(home.resolve("lib"), "dev.parley.stack.elasticsearch.ElasticsearchNode")
            .arguments(
                home,
                readyFile(),
                "-Ehttp.port=" + port,
                "-Etransport.port=" + transportPort,
                "-Epath.data=" + data.resolve("index"),
                "-Epath.logs=" + data.resolve("logs"));
    return Launch.of(command.line(), data, log);
  }

  @Override
  public boolean ready() {
    return Files.exists(readyFile())
        && Probes.http(url() + "/_cluster/health?wait_for_status=yellow&timeout=2s");
  }

  @Override
  public Duration startLimit() {
    return Duration.ofSeconds(300);
  }

  private Path readyFile() {
    return data.resolve("ready");
  }
}
