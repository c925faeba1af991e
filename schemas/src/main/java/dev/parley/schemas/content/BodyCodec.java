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
    var proto =
        dev.parley.schemas.proto.Content.newBuilder()
            .setText(content.text())
            .setType(content.type())
            .addAllCustom(CustomCodec.toProto(content.custom()));
    for (UUID user : content.mentions()) {
      proto.addMentions(user.toString());
    }
    for (var attachment : content.attachments()) {
      proto.addAttachments(
          dev.parley.schemas.proto.Attachment.newBuilder()
              .setId(attachment.id())
              .setName(attachment.name())
              .setMediaType(attachment.mediaType())
              .setBytes(attachment.bytes())
              .setUrl(attachment.url())
              .setWidth(attachment.width())
              .setHeight(attachment.height()));
    }
    return proto.build();
  }

  static Content fromProto(dev.parley.schemas.proto.Content proto) {
    return new Content(
        proto.getText(),
        proto.getMentionsList().stream().map(Ids::required).toList(),
        proto.getType(),
        CustomCodec.fromProto(proto.getCustomList()),
        proto.getAttachmentsList().stream()
            .map(attachment ->
                new Attachment(
                    attachment.getId(),
                    attachment.getName(),
                    attachment.getMediaType(),
                    attachment.getBytes(),
                    attachment.getUrl(),
                    attachment.getWidth(),
                    attachment.getHeight()))
            .toList());
  }
}
