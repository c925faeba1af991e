package dev.parley.edge.socket;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/// Stops reading from a peer that does not read.
///
/// Pausing the WebSocket is not enough: Vert.x answers pings by itself, before they count against
/// the demand, so that a peer that sends pings and reads no pongs would fill the memory with them.
/// This stands below the WebSocket, at the socket itself.
final class Backpressure extends ChannelInboundHandlerAdapter {

  private final Channel channel;

  private Backpressure(Channel channel) {
    this.channel = channel;
  }

  static Backpressure install(HttpConnection connection) {
    var backpressure = new Backpressure(((ConnectionBase) connection).channel());
    backpressure.channel.pipeline().addFirst(backpressure);
    return backpressure;
  }

  /// Whether the peer takes what is written.
  boolean isWritable() {
    return channel.isWritable();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    channel.config().setAutoRead(channel.isWritable());
    context.fireChannelWritabilityChanged();
  }
}
