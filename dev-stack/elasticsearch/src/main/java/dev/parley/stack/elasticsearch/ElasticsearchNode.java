package dev.parley.stack.elasticsearch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.http.HttpServerTransport;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/// Runs one node: `ElasticsearchNode <home> <ready file> -Ekey=value...`. The ready file appears,
/// with the HTTP address in it, when the node answers; SIGTERM stops it in order.
public final class ElasticsearchNode {

  private ElasticsearchNode() {}

  public static void main(String[] args) throws Exception {
    try {
      // Comes first: classes of the engine take their loggers in static initialisers.
      LogConfigurator.configureESLogging();
      LogConfigurator.registerErrorListener();
      run(Path.of(args[0]).toAbsolutePath().normalize(), Path.of(args[1]), args);
    } catch (Throwable failure) {
      failure.printStackTrace();
      System.exit(1);
    }
  }

  private static void run(Path home, Path ready, String[] args) throws Exception {
    Environment environment = new Environment(settings(home, args), home.resolve("config"));
    LogConfigurator.setClusterName(environment.settings().get("cluster.name"));
    LogConfigurator.setNodeName(environment.settings().get("node.name"));
    LogConfigurator.configure(environment, true);
    Node node = new Node(environment, plugins(environment));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(node), "elasticsearch-stop"));
    node.start();
    announce(
        ready,
        node.injector()
            .getInstance(HttpServerTransport.class)
            .boundAddress()
            .publishAddress()
            .toString());
    // Every thread of the node is a daemon, so this one has to stay.
    new CountDownLatch(1).await();
  }

  private static Settings settings(Path home, String[] args) throws IOException {
    Settings.Builder settings =
        Settings.builder().loadFromPath(home.resolve("config").resolve("elasticsearch.yml"));
    for (int i = 2; i < args.length; i++) {
      int equals = args[i].indexOf('=');
      if (!args[i].startsWith("-E") || equals < 0) {
        throw new IllegalArgumentException("Expected -Ekey=value, but got " + args[i]);
      }
      settings.put(args[i].substring(2, equals), args[i].substring(equals + 1));
    }
    return settings.put("path.home", home.toString()).build();
  }

  private static PluginsLoader plugins(Environment environment) {
    boolean modular = Node.class.getModule().isNamed();
    return PluginsLoader.createPluginsLoader(
        PluginsLoader.loadModulesBundles(environment.modulesDir(), false),
        PluginsLoader.loadPluginsBundles(environment.pluginsDir(), false),
        Map.of(),
        modular);
  }

  private static void stop(Node node) {
    try {
      node.prepareForClose();
      node.close();
      node.awaitClose(30, TimeUnit.SECONDS);
    } catch (IOException | InterruptedException e) {
      e.printStackTrace();
    }
  }

  private static void announce(Path ready, String address) throws IOException {
    Path partial = ready.resolveSibling(ready.getFileName() + ".tmp");
    Files.writeString(partial, address);
    Files.move(partial, ready, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
