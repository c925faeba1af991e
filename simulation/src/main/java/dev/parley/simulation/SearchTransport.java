package dev.parley.simulation;

import co.elastic.clients.json.JsonpMapper;
import co.elastic.clients.json.jackson.JacksonJsonpMapper;
import co.elastic.clients.transport.ElasticsearchTransport;
import co.elastic.clients.transport.Endpoint;
import co.elastic.clients.transport.JsonEndpoint;
import co.elastic.clients.transport.TransportOptions;
import dev.parley.search.index.Documents;
import java.io.IOException;
import java.io.StringReader;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The way from a process to the index: a request may never arrive, arrive and not be answered, or
/// arrive long after it was given up, also when the process that sent it is no more.
final class SearchTransport implements ElasticsearchTransport {

  /// Not to be caught by anything of the process.
  static final class Died extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /// Who sends.
  static final class Process {
    private int requests = Integer.MAX_VALUE;

    /// @param more requests that it still sends
    void dieAfter(int more) {
      requests = more;
    }

    private boolean dies() {
      return requests != Integer.MAX_VALUE && requests-- <= 0;
    }
  }

  private enum Fate {
    ANSWERED,
    UNANSWERED,
    LATE,
    NEVER
  }

  private static final int LATE_MILLIS = 2_000;
  private static final JsonpMapper MAPPER = new JacksonJsonpMapper(Documents.MAPPER);

  private final SearchIndex index;
  private final Scheduler scheduler;
  private final Process process;

  SearchTransport(SearchIndex index, Scheduler scheduler, Process process) {
    this.index = index;
    this.scheduler = scheduler;
    this.process = process;
  }

  @Override
  public <Q, R, E> R performRequest(
      Q request, Endpoint<Q, R, E> endpoint, @Nullable TransportOptions options)
      throws IOException {
    var dies = process.dies();
    var fate = dies || scheduler.chance(index.breaksPercent()) ? anyFailure() : Fate.ANSWERED;
    if (!index.isUp()) {
      fate = Fate.NEVER;
    }
    switch (fate) {
      case ANSWERED -> {
        return answered(request, endpoint);
      }
      case UNANSWERED -> index.carryOut(request);
      case LATE -> index.later(LATE_MILLIS, () -> index.carryOut(request));
      case NEVER -> {}
    }
    if (dies) {
      throw new Died();
    }
    throw new IOException("No answer");
  }

  private Fate anyFailure() {
    return switch (scheduler.random.nextInt(3)) {
      case 0 -> Fate.UNANSWERED;
      case 1 -> Fate.LATE;
      default -> Fate.NEVER;
    };
  }

  private <Q, R, E> R answered(Q request, Endpoint<Q, R, E> endpoint) {
    var text = index.carryOut(request).toString();
    var parser = MAPPER.jsonProvider().createParser(new StringReader(text));
    return ((JsonEndpoint<Q, R, E>) endpoint).responseDeserializer().deserialize(parser, MAPPER);
  }

  @Override
  public <Q, R, E> CompletableFuture<R> performRequestAsync(
      Q request, Endpoint<Q, R, E> endpoint, @Nullable TransportOptions options) {
    throw new UnsupportedOperationException("Expected requests that are waited for");
  }

  @Override
  public JsonpMapper jsonpMapper() {
    return MAPPER;
  }

  @Override
  public TransportOptions options() {
    throw new UnsupportedOperationException("Expected no options to be asked for");
  }

  @Override
  public void close() {}
}
