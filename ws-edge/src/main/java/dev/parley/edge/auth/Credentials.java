package dev.parley.edge.auth;

import dev.parley.schemas.token.Ticket;
import dev.parley.tokens.Verdict;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at what clients show. Safe from any thread; never blocks.
public record Credentials(Tokens tokens, Tickets tickets) {

  private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);

  /// Looks at access tokens, as [dev.parley.tokens.TokenVerifier] does.
  @FunctionalInterface
  public interface Tokens {
    CompletionStage<Verdict> verify(String token);
  }

  /// Where tickets are kept.
  @FunctionalInterface
  public interface Tickets {

    /// Takes the ticket out, so that nobody finds it again, and gives the access token that it
    /// stood for; empty if there is none. Fails where that cannot be asked.
    CompletionStage<Optional<String>> redeem(Ticket ticket);
  }

  /// @param token the access token that was shown, or that the ticket stood for; empty: none
  public record Looked(String token, Verdict verdict) {
    /// Never the token.
    @Override
    public String toString() {
      return "Looked[" + verdict + "]";
    }
  }

  /// Never fails.
  public CompletionStage<Looked> look(Credential credential) {
    return switch (credential) {
      case Credential.AccessToken(var token) -> look(token);
      case Credential.OneTicket(var ticket) ->
          tickets
              .redeem(ticket)
              .thenCompose(token -> token.map(this::look).orElseGet(Credentials::isNone))
              .exceptionally(away -> {
                LOG.debug("A ticket cannot be asked for: {}", away.toString());
                return new Looked("", new Verdict.Unavailable());
              });
      case Credential.Nonsense() -> isNone();
    };
  }

  private CompletionStage<Looked> look(String token) {
    return tokens.verify(token).thenApply(verdict -> new Looked(token, verdict));
  }

  private static CompletionStage<Looked> isNone() {
    return CompletableFuture.completedStage(
        new Looked("", new Verdict.Refused(Verdict.Reason.MALFORMED)));
  }
}
