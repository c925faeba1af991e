package dev.parley.edge.socket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.impl.WebSocketInternal;

/// Stops reading from a peer that does not read.
///
/// Pausing the WebSocket is not enough: Vert.x answers pings by itself, before they count against
/// the demand, so that a peer that sends pings and reads no pongs would fill the memory with them.
/// This stands below the WebSocket, at the socket itself.
final class Backpressure extends ChannelInboundHandlerAdapter {

  private Backpressure() {}

  static void install(ServerWebSocket webSocket) {
    channel(webSocket).pipeline().addFirst(new Backpressure());
  }

  /// Whether the peer takes what is written.
  static boolean isWritable(ServerWebSocket webSocket) {
    return channel(webSocket).channel().isWritable();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    context.channel().config().setAutoRead(context.channel().isWritable());
    context.fireChannelWritabilityChanged();
  }

  private static ChannelHandlerContext channel(ServerWebSocket webSocket) {
    return ((WebSocketInternal) webSocket).channelHandlerContext();
  }
}
