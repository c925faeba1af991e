package dev.parley.stack.plan;

import dev.parley.stack.engine.ElasticsearchEngine;
import dev.parley.stack.engine.KafkaEngine;
import dev.parley.stack.engine.KafkaGuard;
import dev.parley.stack.engine.PostgresEngine;
import dev.parley.stack.engine.RedisEngine;
import dev.parley.stack.process.Checkout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// All of a stack. Heaps are for a developer's machine: together about 3 GiB.
public final class Plan {

  private static final String KAFKA = "kafka";
  private static final String POSTGRES = "postgres";
  private static final String REDIS = "redis";
  private static final String ELASTICSEARCH = "elasticsearch";
  private static final String DATABASE = "parley";

  /// Edges say goodbye to their sockets first, while everything they need is still there; engines
  /// go last.
  private static final int EDGES = 0;

  private static final int FRONT = 1;
  private static final int SERVICES = 2;
  private static final int ENGINES = 3;

  private final Options options;
  private final Folders folders;
  private final Secrets secrets;
  private final Ports ports;
  private final Encryption encryption;

  public Plan(Options options, Folders folders, Secrets secrets) {
    this.options = options;
    this.folders = folders;
    this.secrets = secrets;
    this.ports = new Ports(options.offset());
    this.encryption = Encryption.of(options, folders);
  }

  public String url() {
    return encryption.http() + "://localhost:" + ports.gateway();
  }

  public List<Step> steps() {
    List<Step> steps = new ArrayList<>(engines());
    steps.add(identity());
    numbers(options.deciders()).forEach(number -> steps.add(decider(number)));
    steps.add(projection());
    steps.add(search());
    numbers(options.edges()).forEach(number -> steps.add(edge(number)));
    steps.add(gateway());
    return steps.stream().filter(step -> options.wants(step.unit().name())).toList();
  }

  /// Sets apart what the build made, so that a build beside the running stack does not disturb it.
  public void stage() throws IOException {
    Set<String> staged = new HashSet<>();
    for (Step step : steps()) {
      if (step.unit() instanceof ServiceUnit service && staged.add(service.module())) {
        service.stage();
      }
    }
  }

  /// Every port that must be free before the start, and who wants it.
  public Map<Integer, String> portsNeeded() {
    Map<Integer, String> needed = new HashMap<>();
    steps().forEach(step -> needed.put(step.unit().port(), step.unit().name()));
    if (options.wants(KAFKA)) {
      needed.put(ports.kafkaController(), "kafka's controller");
    }
    if (options.wants(ELASTICSEARCH)) {
      needed.put(ports.elasticsearchTransport(), "elasticsearch's transport");
    }
    return needed;
  }

  private List<Step> engines() {
    List<Step> steps = new ArrayList<>(plainEngines());
    if (encryption.isOn()) {
      steps.add(
          new Step(
              new ProxyUnit(
                  "elasticsearch-tls",
                  ports.elasticsearch(),
                  ports.elasticsearchInner(),
                  folders,
                  encryption),
              Set.of(ELASTICSEARCH),
              ENGINES));
    }
    return steps;
  }

  private List<Step> plainEngines() {
    return List.of(
        engine(
            new ElasticsearchEngine(
                encryption.isOn() ? ports.elasticsearchInner() : ports.elasticsearch(),
                ports.elasticsearchTransport(),
                folders.engine(ELASTICSEARCH),
                folders.log(ELASTICSEARCH),
                768)),
        engine(
            new KafkaEngine(
                ports.kafka(),
                ports.kafkaController(),
                folders.engine(KAFKA),
                folders.log(KAFKA),
                768,
                guard())),
        engine(
            new PostgresEngine(
                ports.postgres(),
                folders.engine(POSTGRES),
                folders.log(POSTGRES),
                DATABASE,
                DATABASE,
                DATABASE,
                PostgresEngine.Durability.DURABLE,
                encryption.identity(POSTGRES))),
        engine(
            new RedisEngine(
                ports.redis(),
                folders.engine(REDIS),
                folders.log(REDIS),
                encryption.identity(REDIS))));
  }

  private @Nullable KafkaGuard guard() {
    var identity = encryption.identity(KAFKA);
    return identity == null
        ? null
        : new KafkaGuard(identity, Checkout.root().resolve("helm/parley/kafka-acls.txt"));
  }

  private static Step engine(dev.parley.stack.process.Unit unit) {
    return new Step(unit, Set.of(), ENGINES);
  }

  private Step identity() {
    Map<String, String> own = Map.of("PARLEY_OPERATOR_SECRET", secrets.operator());
    return new Step(
        service("identity-service", "identity-service", ports.identity(), 256, own),
        Set.of(KAFKA, POSTGRES, REDIS),
        SERVICES);
  }

  private Step decider(int number) {
    String name = "command-service-" + number;
    Map<String, String> own = new HashMap<>();
    own.put("PARLEY_DECIDER_STATE_DIRECTORY", folders.service(name).resolve("state").toString());
    if (!encryption.isOn()) {
      own.put("PARLEY_DECIDER_LIFELINE_HOST", "127.0.0.1");
    }
    return new Step(
        service(name, "command-service", ports.command(number), 384, own),
        Set.of(KAFKA, REDIS),
        SERVICES);
  }

  private Step projection() {
    return new Step(
        service("projection-service", "projection-service", ports.projection(), 384, Map.of()),
        Set.of(KAFKA, POSTGRES, REDIS),
        SERVICES);
  }

  private Step search() {
    return new Step(
        service("search-service", "search-service", ports.search(), 320, Map.of()),
        Set.of(KAFKA, encryption.isOn() ? "elasticsearch-tls" : ELASTICSEARCH, REDIS),
        SERVICES);
  }

  private Step edge(int number) {
    return new Step(
        service("ws-edge-" + number, "ws-edge", ports.edge(number), 320, Map.of()),
        Set.of(KAFKA, REDIS),
        EDGES);
  }

  private Step gateway() {
    List<String> backends =
        List.of(
            "edge=" + joined(options.edges(), ports::edge),
            "identity=" + ports.identity(),
            "projection=" + ports.projection(),
            "command=" + joined(options.deciders(), ports::command),
            "search=" + ports.search());
    return new Step(
        new GatewayUnit(ports.gateway(), backends, folders, encryption), Set.of(KAFKA), FRONT);
  }

  private ServiceUnit service(
      String name, String module, int port, int heapMegabytes, Map<String, String> own) {
    Map<String, String> environment = new HashMap<>(common());
    environment.put("PARLEY_NODE", name);
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
    environment.putAll(encryption.environment(module));
    environment.putAll(own);
    return new ServiceUnit(name, module, port, heapMegabytes, environment, folders, encryption);
  }

  public boolean isEncrypted() {
    return encryption.isOn();
  }

  /// What the JVM of a program beside the services is told.
  public List<String> jvmFlags() {
    return encryption.trusting();
  }

  /// For programs that work beside the services: what the services get, and where the services are.
  ///
  /// @param name by which Kafka knows the program where lines are encrypted
  public Map<String, String> environment(String name) {
    Map<String, String> environment = new HashMap<>(common());
    environment.putAll(encryption.environment(name));
    environment.put("PARLEY_OPERATOR_SECRET", secrets.operator());
    environment.put("PARLEY_URL", local());
    environment.put("PARLEY_COMMAND_URL", local(ports.command(1)));
    environment.put("PARLEY_SEARCH_URL", local(ports.search()));
    environment.put("PARLEY_DATA", folders.data().toString());
    return environment;
  }

  /// The gateway by its address, which needs no name to be resolved.
  public String local() {
    return local(ports.gateway());
  }

  public String kafka() {
    return "127.0.0.1:" + ports.kafka();
  }

  /// The sockets of all edges, past the gateway.
  public List<String> edgeSockets() {
    return numbers(options.edges())
        .mapToObj(number -> encryption.webSocket() + "://127.0.0.1:" + ports.edge(number) + "/ws")
        .toList();
  }

  private String local(int port) {
    return encryption.http() + "://127.0.0.1:" + port;
  }

  private Map<String, String> common() {
    String identity = local(ports.identity());
    return Map.ofEntries(
        Map.entry("PARLEY_KAFKA_BOOTSTRAP_SERVERS", kafka()),
        Map.entry("PARLEY_EPOCH", "e1"),
        Map.entry("PARLEY_MASTER_KEY", secrets.masterKey()),
        Map.entry("PARLEY_INTERNAL_SECRET", secrets.internal()),
        Map.entry("PARLEY_TOPICS_PARTITIONS", "12"),
        Map.entry("PARLEY_IDENTITY_URL", identity),
        Map.entry("PARLEY_PROJECTION_URL", local(ports.projection())),
        Map.entry("PARLEY_ELASTICSEARCH_URL", local(ports.elasticsearch())),
        Map.entry("QUARKUS_REDIS_HOSTS", encryption.redis() + "://127.0.0.1:" + ports.redis()),
        Map.entry(
            "QUARKUS_DATASOURCE_REACTIVE_URL",
            "postgresql://127.0.0.1:%d/%s%s"
                .formatted(ports.postgres(), DATABASE, encryption.postgres())),
        Map.entry("QUARKUS_DATASOURCE_USERNAME", DATABASE),
        Map.entry("QUARKUS_DATASOURCE_PASSWORD", DATABASE),
        Map.entry("MP_JWT_VERIFY_PUBLICKEY_LOCATION", identity + "/.well-known/jwks.json"),
        Map.entry("MP_JWT_VERIFY_ISSUER", "parley"));
  }

  private static IntStream numbers(int count) {
    return IntStream.rangeClosed(1, count);
  }

  private static String joined(int count, java.util.function.IntUnaryOperator port) {
    return numbers(count).map(port).mapToObj(Integer::toString).collect(Collectors.joining(","));
  }
}
