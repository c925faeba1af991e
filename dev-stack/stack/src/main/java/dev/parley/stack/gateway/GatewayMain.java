package dev.parley.stack.gateway;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `GatewayMain <port> <folder of the page> [tls=<ca>,<certificate>,<key>]
/// <target>=<port>,<port>...`
public final class GatewayMain {

  private GatewayMain() {}

  public static void main(String[] args) {
    Map<Target, List<Integer>> ports = new EnumMap<>(Target.class);
    @Nullable ServerTls tls = null;
    for (String arg : Arrays.asList(args).subList(2, args.length)) {
      if (arg.startsWith(ServerTls.ARGUMENT)) {
        tls = ServerTls.of(arg);
        continue;
      }
      int equals = arg.indexOf('=');
      ports.put(
          Target.valueOf(arg.substring(0, equals).toUpperCase(Locale.ROOT)),
          Arrays.stream(arg.substring(equals + 1).split(",", -1)).map(Integer::valueOf).toList());
    }
    int port = Integer.parseInt(args[0]);
    new Gateway(Vertx.vertx(), ports, Path.of(args[1]), tls)
        .listen(port)
        .onSuccess(server -> System.out.println("gateway listens on port " + port))
        .onFailure(GatewayMain::fail);
  }

  private static void fail(Throwable failure) {
    System.out.println("gateway cannot listen: " + failure.getMessage());
    System.exit(1);
  }
}
