package dev.parley.projection.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.parley.projection.config.ProjectionConfig;
import dev.parley.projection.http.Refusal;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.wire.Json;
import dev.parley.tls.TlsFiles;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What identity-service keeps of a person. Blocks its (virtual) thread.
@ApplicationScoped
public class Accounts {

  private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);
  private static final int OK = 200;

  private final ProjectionConfig config;
  private final HttpClient client;

  public Accounts(ProjectionConfig config) {
    this.config = config;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(config.export().accountWait())
            .sslContext(TlsFiles.ofProcess().context())
            .build();
  }

  /// The account as JSON.
  ///
  /// @throws Refusal if identity-service cannot be asked now
  byte[] of(UUID user) {
    var secret = config.internalSecret();
    if (secret.isEmpty()) {
      throw away("no internal secret is set");
    }
    var address = config.identity().url().replaceAll("/+$", "");
    var request =
        HttpRequest.newBuilder(URI.create(address + "/internal/people/" + user + "/account"))
            .timeout(config.export().accountWait())
            .header("Parley-Internal", secret.get())
            .build();
    try {
      var response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (var body = response.body()) {
        if (response.statusCode() != OK) {
          throw away("it answers " + response.statusCode());
        }
        int max = config.export().accountBytesMax();
        var account = body.readNBytes(max + 1);
        if (account.length > max || !Json.MAPPER.readTree(account).isObject()) {
          throw away("its answer is no account");
        }
        return account;
      }
    } catch (JsonProcessingException broken) {
      throw away("its answer is no JSON");
    } catch (IOException unreachable) {
      throw away(unreachable.toString());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw away("interrupted");
    }
  }

  private static Refusal away(String why) {
    LOG.warn("An export waits for identity-service: {}", why);
    return new Refusal(ErrorCode.UNAVAILABLE, "Your account cannot be read now");
  }
}
