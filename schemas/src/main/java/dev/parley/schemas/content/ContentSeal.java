package dev.parley.schemas.content;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;

/// Seals and opens contents.
public final class ContentSeal {

  private static final SecureRandom RANDOM = new SecureRandom();

  private ContentSeal() {}

  /// The content under its author's key. Twice the same content gives two different seals.
  public static Body.Sealed seal(Content content, ContentKey key, Place place) {
    var nonce = new byte[AesGcm.NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    var sealed =
        AesGcm.encrypt(
            key.secret(), nonce, place.bytes(), BodyCodec.toProto(content).toByteArray());
    return new Body.Sealed(key.id(), ByteString.copyFrom(nonce), ByteString.copyFrom(sealed));
  }

  /// @throws IllegalArgumentException if it was sealed with another key or for another place
  public static Content open(Body.Sealed body, ContentKey key, Place place) {
    try {
      var plain =
          AesGcm.decrypt(
              key.secret(),
              body.nonce().toByteArray(),
              place.bytes(),
              body.ciphertext().asReadOnlyByteBuffer());
      return BodyCodec.fromProto(dev.parley.schemas.proto.Content.parseFrom(plain));
    } catch (AEADBadTagException | InvalidProtocolBufferException broken) {
      throw new IllegalArgumentException("The content of " + place + " does not open", broken);
    }
  }
}
