package dev.parley.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Planted mistakes: a validator that finds none of them would be worth nothing.
class ManifestValidatorTest {

  private static final String GOOD =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: one}
      spec:
        replicas: 2
        selector: {matchLabels: {app: one}}
        template:
          metadata: {labels: {app: one}}
          spec:
            containers:
              - name: one
                image: one:1
                env: [{name: PORT, value: "8080"}]
                resources: {limits: {memory: 64Mi, cpu: 1}}
                readinessProbe: {httpGet: {path: /, port: http}}
      """;

  @Test
  void aGoodManifestHasNoFault() {
    assertThat(faults(GOOD)).isEmpty();
  }

  @Test
  void anUnknownFieldIsFoundHoweverDeep() {
    assertThat(
            faults(GOOD.replace("image: one:1", "image: one:1\n          imagePulPolicy: Never")))
        .anyMatch(fault -> fault.contains("imagePulPolicy"));
    assertThat(faults(GOOD.replace("replicas: 2", "replicaz: 2")))
        .anyMatch(fault -> fault.contains("replicaz"));
    assertThat(faults(GOOD.replace("path: /,", "pathh: /,")))
        .anyMatch(fault -> fault.contains("pathh"));
  }

  @Test
  void aMissingSelectorIsFound() {
    assertThat(faults(GOOD.replace("  selector: {matchLabels: {app: one}}\n", "")))
        .anyMatch(fault -> fault.contains("selector"));
  }

  @Test
  void aContainerWithoutNameIsFound() {
    assertThat(faults(GOOD.replace("- name: one\n          image: one:1", "- image: one:1")))
        .anyMatch(fault -> fault.contains("name"));
  }

  @Test
  void aTextWhereANumberBelongsIsFound() {
    assertThat(faults(GOOD.replace("replicas: 2", "replicas: two"))).isNotEmpty();
    assertThat(faults(GOOD.replace("replicas: 2", "replicas: \"2\""))).isNotEmpty();
  }

  @Test
  void aNumberWhereATextBelongsIsFound() {
    assertThat(faults(GOOD.replace("\"8080\"", "8080"))).isNotEmpty();
    assertThat(faults(GOOD.replace("\"8080\"", "true"))).isNotEmpty();
  }

  @Test
  void aKindThatClustersNoLongerHaveIsFound() {
    assertThat(faults(GOOD.replace("apps/v1", "extensions/v1beta1"))).isNotEmpty();
    assertThat(faults(GOOD.replace("kind: Deployment", "kind: Deploymend"))).isNotEmpty();
  }

  @Test
  void anUnknownFieldOfARouteIsFound() {
    var route =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: one}
        spec:
          rules:
            - matches: [{path: {type: PathPrefix, value: /}, metod: GET}]
        """;

    assertThat(faults(route)).anyMatch(fault -> fault.contains("metod"));
    assertThat(faults(route.replace("metod", "method"))).isEmpty();
  }

  private static List<String> faults(String manifest) {
    return ManifestValidator.faults(Yaml.documents(manifest).getFirst());
  }
}
