package dev.parley.schemas.content;

import dev.parley.schemas.id.Ids;
import java.util.UUID;

/// Bodies as protobuf.
public final class BodyCodec {

  private BodyCodec() {}

  public static dev.parley.schemas.proto.Body toProto(Body body) {
    var proto = dev.parley.schemas.proto.Body.newBuilder();
    switch (body) {
      case Body.Plain(var content) -> proto.setPlain(toProto(content));
      case Body.Sealed(var keyId, var nonce, var ciphertext) ->
          proto.setSealed(
              dev.parley.schemas.proto.Sealed.newBuilder()
                  .setKeyId(keyId)
                  .setNonce(nonce)
                  .setCiphertext(ciphertext));
    }
    return proto.build();
  }

  /// @throws IllegalArgumentException if the body has no form that this version knows
  public static Body fromProto(dev.parley.schemas.proto.Body proto) {
    return switch (proto.getFormCase()) {
      case PLAIN -> new Body.Plain(fromProto(proto.getPlain()));
      case SEALED -> {
        var sealed = proto.getSealed();
        yield new Body.Sealed(sealed.getKeyId(), sealed.getNonce(), sealed.getCiphertext());
      }
      case FORM_NOT_SET ->
          throw new IllegalArgumentException("Expected a body, but it has neither form");
    };
  }

  static dev.parley.schemas.proto.Content toProto(Content content) {
    var proto = dev.parley.schemas.proto.Content.newBuilder().setText(content.text());
    for (UUID user : content.mentions()) {
      proto.addMentions(user.toString());
    }
    return proto.build();
  }

  static Content fromProto(dev.parley.schemas.proto.Content proto) {
    return new Content(
        proto.getText(), proto.getMentionsList().stream().map(Ids::required).toList());
  }
}
