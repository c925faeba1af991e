package dev.parley.bench.limit;

import dev.parley.bench.report.Latency;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;

/// Redis alone: a PUBLISH on one connection until another that subscribed has read it.
///
/// @param address in the clear
public record RawRedis(URI address) {

  private static final int DIGITS = 3;
  private static final int MICRO = 1_000;
  private static final int WAIT_MILLIS = 5_000;
  // As long as an event that delivery publishes.
  private static final String PADDING = "x".repeat(400);

  /// Messages at a fixed rate, each from the time it was meant to be published.
  public Latency latency(int ratePerSecond, Duration length) throws InterruptedException {
    var channel = "parley-bench-" + UUID.randomUUID();
    var micros = new ConcurrentHistogram(DIGITS);
    long messages = ratePerSecond * length.toMillis() / 1_000;
    try (var listening = open();
        var publishing = open()) {
      listening.getOutputStream().write(command("SUBSCRIBE", channel));
      var reading = Thread.ofPlatform().start(() -> read(listening, messages, micros));
      var answers = Thread.ofPlatform().start(() -> drain(publishing, messages));
      long start = System.nanoTime();
      for (long k = 0; k < messages; k++) {
        long meant = start + k * 1_000_000_000L / ratePerSecond;
        for (long left = meant - System.nanoTime(); left > 0; left = meant - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        publishing.getOutputStream().write(command("PUBLISH", channel, "t" + meant + PADDING));
      }
      reading.join();
      answers.join();
      return Latency.of(micros);
    } catch (IOException away) {
      throw new UncheckedIOException(away);
    }
  }

  private Socket open() throws IOException {
    var socket = new Socket(address.getHost(), address.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(WAIT_MILLIS);
    return socket;
  }

  private static void read(Socket socket, long messages, ConcurrentHistogram micros) {
    try (var lines = lines(socket)) {
      while (micros.getTotalCount() < messages) {
        var line = lines.readLine();
        if (line == null) {
          return;
        }
        if (line.endsWith(PADDING)) {
          long meant = Long.parseLong(line.substring(1, line.length() - PADDING.length()));
          micros.recordValue((System.nanoTime() - meant) / MICRO);
        }
      }
    } catch (IOException late) {
      // What did not come is missing in the count.
      return;
    }
  }

  private static void drain(Socket socket, long answers) {
    try (var lines = lines(socket)) {
      long read = 0;
      while (read < answers && lines.readLine() != null) {
        read++;
      }
    } catch (IOException late) {
      return;
    }
  }

  private static BufferedReader lines(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
  }

  private static byte[] command(String... words) {
    var text = new StringBuilder("*" + words.length + "\r\n");
    for (var word : words) {
      text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
