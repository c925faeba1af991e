package dev.parley.search.index;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import dev.parley.log.TransientException;
import java.io.IOException;

/// A request to Elasticsearch, with its failures told apart: those that pass, and those that are an
/// error of ours.
@FunctionalInterface
public interface ElasticsearchCall<T> {

  T send() throws IOException;

  /// @throws TransientException if Elasticsearch is not there, or too busy
  /// @throws ElasticsearchException if it refuses the request for good
  static <T> T of(ElasticsearchCall<T> call) {
    try {
      return call.send();
    } catch (IOException notThere) {
      throw new TransientException("Elasticsearch does not answer: " + notThere, notThere);
    } catch (ElasticsearchException refused) {
      if (passes(refused.status())) {
        throw new TransientException(
            "Elasticsearch is not ready: " + refused.getMessage(), refused);
      }
      throw refused;
    }
  }

  /// Whether a request that got this status may succeed later: 408, 429 and the 500s.
  static boolean passes(int status) {
    return status == 408 || status == 429 || status >= 500;
  }
}
