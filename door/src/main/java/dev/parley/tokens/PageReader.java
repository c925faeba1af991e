package dev.parley.tokens;

import dev.parley.tls.TlsFiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Reads small pages over HTTP: bounded in time and size, and not led elsewhere by redirects.
final class PageReader implements AutoCloseable {

  private static final int OK = 200;

  private final HttpClient client;
  private final Duration timeout;
  private final int bytesMax;

  PageReader(Duration timeout, int bytesMax) {
    this.timeout = timeout;
    this.bytesMax = bytesMax;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(timeout)
            .sslContext(TlsFiles.ofProcess().context())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /// Blocks; for a virtual thread.
  String read(URI address) throws IOException {
    var request =
        HttpRequest.newBuilder(address)
            .timeout(timeout)
            .header("Accept", "application/json")
            .build();
    var handler = BodyHandlers.limiting(BodyHandlers.ofByteArray(), bytesMax);
    var coming = client.sendAsync(request, handler);
    try {
      // The request's own timeout ends with the headers.
      var response = coming.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != OK) {
        throw new IOException("Status " + response.statusCode());
      }
      return new String(response.body(), StandardCharsets.UTF_8);
    } catch (ExecutionException failed) {
      throw new IOException(String.valueOf(failed.getCause()), failed.getCause());
    } catch (TimeoutException late) {
      coming.cancel(true);
      throw new IOException("No answer within " + timeout.toMillis() + " ms", late);
    } catch (InterruptedException ended) {
      coming.cancel(true);
      Thread.currentThread().interrupt();
      throw new IOException("Ended", ended);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
