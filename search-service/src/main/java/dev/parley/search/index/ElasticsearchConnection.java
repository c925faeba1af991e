package dev.parley.search.index;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.json.jackson.JacksonJsonpMapper;
import co.elastic.clients.transport.rest5_client.Rest5ClientTransport;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import dev.parley.search.SearchConfig;
import dev.parley.tls.TlsFiles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import org.apache.hc.core5.util.Timeout;

/// The one client of Elasticsearch. It connects when it is first used, and again after a failure.
@ApplicationScoped
public class ElasticsearchConnection {

  @Produces
  @Singleton
  ElasticsearchClient client(SearchConfig config) {
    return open(config.elasticsearch());
  }

  void close(@Disposes ElasticsearchClient client) throws IOException {
    client.close();
  }

  /// A client of its own, to be closed by the caller.
  public static ElasticsearchClient open(SearchConfig.Elasticsearch config) {
    var connect = Timeout.of(config.connectTimeout());
    var response = Timeout.of(config.responseTimeout());
    var rest =
        Rest5Client.builder(URI.create(config.url()))
            .setSSLContext(TlsFiles.ofProcess().context())
            .setRequestConfigCallback(b -> b.setResponseTimeout(response))
            .setConnectionConfigCallback(
                b -> b.setConnectTimeout(connect).setSocketTimeout(response))
            .build();
    return new ElasticsearchClient(
        new Rest5ClientTransport(rest, new JacksonJsonpMapper(Documents.MAPPER)));
  }
}
