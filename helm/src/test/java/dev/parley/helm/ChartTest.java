package dev.parley.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChartTest {

  private static final Set<String> SERVICES =
      Set.of(
          "identity-service", "command-service", "projection-service", "search-service", "ws-edge");
  private static final Set<String> ENGINES = Set.of("kafka", "postgres", "redis", "elasticsearch");
  private static final Map<String, Object> EXTERNAL =
      Map.of(
          "kafka.bundled",
          false,
          "kafka.bootstrapServers",
          "kafka-1:9092",
          "postgres.bundled",
          false,
          "postgres.url",
          "postgresql://db:5432/parley",
          "redis.bundled",
          false,
          "redis.url",
          "redis://cache:6379",
          "elasticsearch.bundled",
          false,
          "elasticsearch.url",
          "http://search:9200");

  static Stream<Arguments> ways() {
    return Stream.of(
        Arguments.of("as it comes", Map.of()),
        Arguments.of("with engines elsewhere", EXTERNAL),
        Arguments.of(
            "with an Ingress and TLS",
            Map.of(
                "ingress.enabled",
                true,
                "ingress.className",
                "nginx",
                "ingress.tlsSecret",
                "tls",
                "networkPolicy.enabled",
                true)),
        Arguments.of(
            "with a Gateway",
            Map.of(
                "httpRoute.enabled",
                true,
                "httpRoute.parentRefs[0].name",
                "public",
                "httpRoute.hostnames[0]",
                "chat.example.com",
                "networkPolicy.enabled",
                true)),
        Arguments.of(
            "with a Secret of its own",
            Map.of(
                "secrets.create", true,
                "secrets.masterKey", "A".repeat(43) + "=",
                "secrets.internalSecret", "internal",
                "secrets.operatorSecret", "operator",
                "secrets.postgresPassword", "password")),
        Arguments.of(
            "with TLS inside",
            Map.of(
                "tls.enabled", true,
                "kafka.bundled", false,
                "kafka.bootstrapServers", "kafka-1:9093",
                "kafka.properties.security\\.protocol", "SSL",
                "issuers.acme.issuer", "https://login.acme.example",
                "origins[0]", "https://app.example.com")),
        Arguments.of(
            "with other names and sizes",
            Map.of(
                "fullnameOverride", "chatter",
                "serviceAccount.create", false,
                "services.ws-edge.replicas", 5,
                "services.ws-edge.env.PARLEY_EDGE_RATE_PER_SECOND", 50,
                "services.command-service.storage.className", "fast",
                "services.search-service.nodeSelector.disk", "ssd",
                "image.pullSecrets[0].name", "registry",
                "image.tag", "1.2.3")));
  }

  @Test
  void helmFindsNothingToComplainAbout() {
    var result = Chart.lint();

    assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ways")
  void everyManifestIsValid(String what, Map<String, ?> values) {
    var manifests = Chart.render(values);

    assertThat(manifests.stream().flatMap(each -> ManifestValidator.faults(each).stream()))
        .isEmpty();
    assertThat(manifests.stream().map(ChartTest::identity)).doesNotHaveDuplicates();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ways")
  void everySelectorFindsItsPods(String what, Map<String, ?> values) {
    var manifests = Chart.render(values);
    var pods = workloads(manifests).map(each -> each.at("/spec/template/metadata/labels")).toList();

    for (var manifest : manifests) {
      var selector =
          switch (manifest.path("kind").asText()) {
            case "Deployment", "StatefulSet", "PodDisruptionBudget" ->
                manifest.at("/spec/selector/matchLabels");
            case "Service" -> manifest.at("/spec/selector");
            default -> null;
          };
      if (selector != null) {
        assertThat(pods.stream().filter(labels -> contains(labels, selector)))
            .as(identity(manifest))
            .hasSize(1);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ways")
  void everyPodIsHeldTight(String what, Map<String, ?> values) {
    for (var workload : workloads(Chart.render(values)).toList()) {
      var pod = workload.at("/spec/template/spec");
      var name = identity(workload);
      assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).as(name).isTrue();
      assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).as(name).isFalse();
      for (var container : pod.path("containers")) {
        var security = container.path("securityContext");
        assertThat(security.path("allowPrivilegeEscalation").asBoolean(true)).as(name).isFalse();
        assertThat(security.at("/capabilities/drop/0").asText()).as(name).isEqualTo("ALL");
        // Elasticsearch writes beside its program; all the others do without.
        assertThat(security.path("readOnlyRootFilesystem").asBoolean())
            .as(name)
            .isEqualTo(!container.path("name").asText().equals("elasticsearch"));
        assertThat(container.at("/resources/limits/memory").asText()).as(name).isNotEmpty();
        assertThat(container.has("livenessProbe")).as(name).isTrue();
        assertThat(container.has("readinessProbe")).as(name).isTrue();
      }
    }
  }

  @Test
  void servicesAreAskedForTheirHealthWhereTheyAnswerIt() {
    for (var service : SERVICES) {
      var container = container(Chart.render(Map.of()), service);
      assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/q/health/live");
      assertThat(container.at("/readinessProbe/httpGet/path").asText())
          .isEqualTo("/q/health/ready");
    }
  }

  @Test
  void asItComesEveryServiceAndEngineIsThere() {
    var expected = new HashSet<>(SERVICES);
    expected.addAll(ENGINES);
    expected.add("gateway");

    assertThat(components(Chart.render(Map.of()))).isEqualTo(expected);
  }

  @Test
  void withEnginesElsewhereNoneIsBroughtAndTheirAddressesAreUsed() {
    var manifests = Chart.render(EXTERNAL);

    assertThat(components(manifests)).doesNotContainAnyElementsOf(ENGINES);
    var env = env(container(manifests, "projection-service"));
    assertThat(env)
        .containsEntry("PARLEY_KAFKA_BOOTSTRAP_SERVERS", "kafka-1:9092")
        .containsEntry("QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://db:5432/parley")
        .containsEntry("QUARKUS_REDIS_HOSTS", "redis://cache:6379");
  }

  @Test
  void withTlsEveryServiceIsGivenItsOwnCertificateAndIsAskedByHttps() {
    var manifests =
        Chart.render(
            Map.of(
                "tls.enabled", true,
                "kafka.properties.security\\.protocol", "SSL",
                "issuers.acme.jwks-url", "https://login.acme.example/keys"));

    for (var service : SERVICES) {
      var container = container(manifests, service);
      assertThat(env(container))
          .containsEntry("PARLEY_TLS_KEY", "/tls/tls.key")
          .containsEntry("PARLEY_KAFKA_PROPERTIES_SECURITY_PROTOCOL", "SSL")
          .containsEntry(
              "PARLEY_TOKENS_ISSUERS__ACME__JWKS_URL", "https://login.acme.example/keys");
      assertThat(container.at("/readinessProbe/httpGet/scheme").asText()).isEqualTo("HTTPS");
    }
    assertThat(env(container(manifests, "ws-edge")).get("PARLEY_PROJECTION_URL"))
        .startsWith("https://");
    assertThat(env(container(manifests, "gateway"))).containsEntry("PARLEY_UPSTREAM", "https");
  }

  @Test
  void withNetworkPoliciesOnlySearchReachesTheIndexAndOnlyTwoTheDatabase() {
    var policies =
        Chart.render(Map.of("networkPolicy.enabled", true)).stream()
            .filter(each -> each.path("kind").asText().equals("NetworkPolicy"))
            .toList();
    for (var engineOrService : components(Chart.render(Map.of()))) {
      assertThat(policies)
          .as(engineOrService)
          .anyMatch(
              each -> component(each).equals(engineOrService) || engineOrService.equals("gateway"));
    }
    assertThat(askers(policies, "elasticsearch")).containsExactly("search-service");
    // Deciders hold lines to each other.
    assertThat(askers(policies, "command-service"))
        .containsExactlyInAnyOrder("gateway", "command-service");
    assertThat(askers(policies, "postgres"))
        .containsExactlyInAnyOrder("identity-service", "projection-service");
    assertThat(askers(policies, "kafka")).hasSize(5).doesNotContain("gateway");
  }

  private static List<String> askers(List<JsonNode> policies, String component) {
    var found = new ArrayList<String>();
    policies.stream()
        .filter(each -> component(each).equals(component))
        .forEach(each ->
            each.at("/spec/ingress/0/from/0/podSelector/matchExpressions/0/values")
                .forEach(asker -> found.add(asker.asText())));
    return found;
  }

  @Test
  void theChartNeverMakesUpASecret() {
    assertThat(Chart.render(Map.of()))
        .noneMatch(each -> each.path("kind").asText().equals("Secret"));
    assertThatThrownBy(() -> Chart.render(Map.of("secrets.create", true)))
        .hasMessageContaining("secrets.masterKey");
  }

  @Test
  void anEngineElsewhereWithoutAddressIsRefused() {
    assertThatThrownBy(() -> Chart.render(Map.of("kafka.bundled", false)))
        .hasMessageContaining("kafka.bootstrapServers");
  }

  @Test
  void aValueThatNobodyReadsIsRefused() {
    assertThatThrownBy(() -> Chart.render(Map.of("replicas", 3))).hasMessageContaining("replicas");
    assertThatThrownBy(() -> Chart.render(Map.of("services.ws-edge.replica", 3)))
        .hasMessageContaining("replica");
    assertThatThrownBy(() -> Chart.render(Map.of("topics.partitions", "many")))
        .hasMessageContaining("partitions");
  }

  @Test
  void routesGoByMethodAsTheOneOriginDoes() {
    var route =
        Chart.render(Map.of("httpRoute.enabled", true, "httpRoute.parentRefs[0].name", "public"))
            .stream()
            .filter(each -> each.path("kind").asText().equals("HTTPRoute"))
            .findFirst()
            .orElseThrow();
    var found = new ArrayList<String>();
    for (var rule : route.at("/spec/rules")) {
      for (var match : rule.path("matches")) {
        found.add(
            "%s %s -> %s"
                .formatted(
                    match.path("method").asText("any"),
                    match.at("/path/value").asText(),
                    rule.at("/backendRefs/0/name").asText().replace("talk-parley-", "")));
      }
    }
    assertThat(found)
        .containsExactlyInAnyOrder(
            "any /ws -> ws-edge",
            "any /api/auth -> identity-service",
            "any /api/users -> identity-service",
            "any /api/admin -> identity-service",
            "any /.well-known -> identity-service",
            "GET /api/conversations -> projection-service",
            "HEAD /api/conversations -> projection-service",
            "any /api/conversations -> command-service",
            "any /api/search -> search-service",
            "any / -> gateway");
  }

  static JsonNode container(List<JsonNode> manifests, String component) {
    return workloads(manifests)
        .filter(each -> component(each).equals(component))
        .findFirst()
        .orElseThrow()
        .at("/spec/template/spec/containers/0");
  }

  /// Names with their values; what comes from a Secret or from the pod is empty.
  static Map<String, String> env(JsonNode container) {
    return StreamSupport.stream(container.path("env").spliterator(), false)
        .collect(
            java.util.stream.Collectors.toMap(
                each -> each.path("name").asText(), each -> each.path("value").asText()));
  }

  private static Set<String> components(List<JsonNode> manifests) {
    var components = new HashSet<String>();
    workloads(manifests).forEach(each -> components.add(component(each)));
    return components;
  }

  private static Stream<JsonNode> workloads(List<JsonNode> manifests) {
    return manifests.stream()
        .filter(each -> Set.of("Deployment", "StatefulSet").contains(each.path("kind").asText()));
  }

  private static String component(JsonNode manifest) {
    return manifest.at("/metadata/labels").path("app.kubernetes.io/component").asText();
  }

  private static String identity(JsonNode manifest) {
    return manifest.path("kind").asText() + " " + manifest.at("/metadata/name").asText();
  }

  private static boolean contains(JsonNode labels, JsonNode selector) {
    return selector.properties().stream()
        .allMatch(wanted -> wanted.getValue().equals(labels.path(wanted.getKey())));
  }
}
