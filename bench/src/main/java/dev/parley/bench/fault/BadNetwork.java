package dev.parley.bench.fault;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What lies between the clients of a run and the edges: a proxy before each.
public final class BadNetwork implements AutoCloseable {

  private final List<CuttableProxy> proxies;

  private BadNetwork(List<CuttableProxy> proxies) {
    this.proxies = proxies;
  }

  public static BadNetwork before(List<URI> edges) throws IOException {
    var proxies = new ArrayList<CuttableProxy>();
    for (var edge : edges) {
      proxies.add(new CuttableProxy(edge));
    }
    return new BadNetwork(proxies);
  }

  /// Where clients connect, in the order of the edges.
  public List<URI> edges() {
    return proxies.stream().map(CuttableProxy::uri).toList();
  }

  void cut() {
    proxies.forEach(CuttableProxy::cut);
  }

  void slow(Duration delay, int bytesPerSecond) {
    proxies.forEach(proxy -> proxy.slow(delay, bytesPerSecond));
  }

  void flow() {
    proxies.forEach(CuttableProxy::flow);
  }

  @Override
  public void close() throws IOException {
    for (var proxy : proxies) {
      proxy.close();
    }
  }
}
