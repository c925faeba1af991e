package dev.parley.edge.token;

import dev.parley.edge.auth.Credentials;
import dev.parley.schemas.id.Ids;
import dev.parley.tokens.Caller;
import dev.parley.tokens.Verdict;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tokens of identity-service. Its keys are fetched with blocking calls now and then, so checks run
/// on virtual threads, a bounded number at once.
public final class JwtTokens implements Credentials.Tokens {

  private static final Logger LOG = LoggerFactory.getLogger(JwtTokens.class);

  private static final String GUEST = "guest";

  private final JWTParser parser;
  private final ExecutorService threads;
  private final Semaphore free;

  /// @param atOnceMax checks at once; over it a token is answered with [Verdict.Unavailable]
  public JwtTokens(JWTParser parser, ExecutorService threads, int atOnceMax) {
    this.parser = parser;
    this.threads = threads;
    this.free = new Semaphore(atOnceMax);
  }

  @Override
  public CompletionStage<Verdict> verify(String token) {
    if (!free.tryAcquire()) {
      return CompletableFuture.completedStage(new Verdict.Unavailable());
    }
    return CompletableFuture.supplyAsync(() -> parse(token), threads)
        .whenComplete((_, _) -> free.release());
  }

  private Verdict parse(String token) {
    try {
      var claims = parser.parse(token);
      var user = Ids.parse(claims.getSubject());
      return user == null
          ? new Verdict.Refused(Verdict.Reason.MALFORMED)
          : new Verdict.Valid(
              new Caller(
                  user,
                  null,
                  claims.getGroups().contains(GUEST),
                  false,
                  null,
                  TimeUnit.SECONDS.toMillis(claims.getIssuedAtTime()),
                  TimeUnit.SECONDS.toMillis(claims.getExpirationTime()),
                  claims.getIssuer()));
    } catch (ParseException refused) {
      return whyRefused(refused);
    }
  }

  /// A token that is not valid is refused; keys that cannot be fetched are nobody's fault.
  private static Verdict whyRefused(ParseException refused) {
    for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
      if (cause instanceof java.io.IOException) {
        LOG.warn("The keys of access tokens cannot be had: {}", cause.toString());
        return new Verdict.Unavailable();
      }
    }
    LOG.debug("A token was refused", refused);
    return new Verdict.Refused(Verdict.Reason.SIGNATURE);
  }
}
