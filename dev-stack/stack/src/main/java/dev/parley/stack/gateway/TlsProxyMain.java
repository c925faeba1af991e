package dev.parley.stack.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;

/// `TlsProxyMain <port> <inner port> tls=<ca>,<certificate>,<key>`: bytes between a line that is
/// encrypted and one of the loopback interface that is not.
public final class TlsProxyMain {

  private TlsProxyMain() {}

  public static void main(String[] args) {
    int port = Integer.parseInt(args[0]);
    int inner = Integer.parseInt(args[1]);
    Vertx vertx = Vertx.vertx();
    NetClient client = vertx.createNetClient();
    NetServerOptions options =
        ServerTls.of(args[2]).on(new NetServerOptions().setHost("127.0.0.1").setPort(port));
    vertx
        .createNetServer(options)
        .connectHandler(outside -> join(client, inner, outside))
        .listen()
        .onSuccess(server -> System.out.println("proxy listens on port " + port))
        .onFailure(failure -> {
          System.out.println("proxy cannot listen: " + failure.getMessage());
          System.exit(1);
        });
  }

  private static void join(NetClient client, int inner, NetSocket outside) {
    outside.pause();
    client
        .connect(inner, "127.0.0.1")
        .onSuccess(engine -> {
          // Each pipe ends the other side when its own side ends.
          outside.pipeTo(engine).onFailure(failure -> engine.close());
          engine.pipeTo(outside).onFailure(failure -> outside.close());
        })
        .onFailure(failure -> outside.close());
  }
}
