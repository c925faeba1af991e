package dev.parley.search.health;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.HealthStatus;
import dev.parley.search.index.ElasticsearchCall;
import dev.parley.search.index.Indices;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Red while Elasticsearch does not answer, or the index in service has a part that is lost.
@Readiness
@ApplicationScoped
public class ElasticsearchHealth implements HealthCheck {

  private final ElasticsearchClient client;
  private final Indices indices;

  public ElasticsearchHealth(ElasticsearchClient client, Indices indices) {
    this.client = client;
    this.indices = indices;
  }

  @Override
  public HealthCheckResponse call() {
    var health = HealthCheckResponse.named("elasticsearch");
    try {
      var version = indices.served();
      var status =
          ElasticsearchCall.of(
              () -> client.cluster().health(h -> h.index(version.messages())).status());
      return health
          .withData("index", version.messages())
          .withData("status", status.jsonValue())
          .status(status != HealthStatus.Red)
          .build();
    } catch (RuntimeException notThere) {
      return health.down().withData("reason", String.valueOf(notThere.getMessage())).build();
    }
  }
}
