package dev.parley.log;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Lets a line through once in ten seconds, whichever client of Kafka says it. While brokers are
/// away each of a service's clients tries again and says so up to twenty times a second: hundreds
/// of lines that say one thing, at the worst moment.
final class SeldomRepeated implements Filter {

  private static final long EVERY_NANOS = Duration.ofSeconds(10).toNanos();
  private static final int TEXTS_MAX = 100;

  // Held: a logger that nobody holds is forgotten with its filter.
  private static final Logger RECONNECTS =
      Logger.getLogger("org.apache.kafka.clients.NetworkClient");

  private final LongSupplier nanoTime;
  private final Map<String, Said> said = new HashMap<>();

  private static final class Said {
    private final long atNanos;
    private long leftOut;

    Said(long atNanos) {
      this.atNanos = atNanos;
    }
  }

  SeldomRepeated(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /// For all clients of this process; again changes nothing.
  static void install() {
    if (!(RECONNECTS.getFilter() instanceof SeldomRepeated)) {
      RECONNECTS.setFilter(new SeldomRepeated(System::nanoTime));
    }
  }

  /// Tells with a line how many like it were left out before.
  @Override
  public synchronized boolean isLoggable(LogRecord line) {
    var message = line.getMessage();
    if (message == null) {
      return true;
    }
    var text = withoutClient(message);
    long now = nanoTime.getAsLong();
    var before = said.get(text);
    if (before != null && now - before.atNanos < EVERY_NANOS) {
      before.leftOut++;
      return false;
    }
    if (before != null && before.leftOut > 0) {
      line.setMessage(message + " (" + before.leftOut + " like this were left out)");
    }
    if (said.size() >= TEXTS_MAX) {
      said.clear();
    }
    said.put(text, new Said(now));
    return true;
  }

  /// Kafka's clients put `[Producer clientId=x] ` before what they say.
  private static String withoutClient(String message) {
    int end = message.startsWith("[") ? message.indexOf("] ") : -1;
    return end < 0 ? message : message.substring(end + 2);
  }
}
