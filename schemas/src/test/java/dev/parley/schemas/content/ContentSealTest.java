package dev.parley.schemas.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.schemas.Samples;
import dev.parley.schemas.id.Ids;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContentSealTest {

  private static final Place PLACE = new Place(Samples.CONVERSATION, Samples.MESSAGE, Samples.ADA);
  private static final Content CONTENT = new Content("nobody reads this", List.of(Samples.BOB));

  private final ContentKey key = ContentKey.random();

  @Test
  void whatWasSealedOpensWithItsKeyInItsPlace() {
    assertThat(ContentSeal.open(ContentSeal.seal(CONTENT, key, PLACE), key, PLACE))
        .isEqualTo(CONTENT);
  }

  @Test
  void noWordIsReadableInTheSeal() {
    var sealed = ContentSeal.seal(CONTENT, key, PLACE);
    var bytes = BodyCodec.toProto(sealed).toByteArray();
    assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain("nobody", "reads");
  }

  @Test
  void twoSealsOfOneContentDiffer() {
    assertThat(ContentSeal.seal(CONTENT, key, PLACE))
        .isNotEqualTo(ContentSeal.seal(CONTENT, key, PLACE));
  }

  @Test
  void anotherKeyDoesNotOpenIt() {
    var sealed = ContentSeal.seal(CONTENT, key, PLACE);
    assertThatThrownBy(() -> ContentSeal.open(sealed, ContentKey.random(), PLACE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void movedToAnotherMessageItDoesNotOpen() {
    var sealed = ContentSeal.seal(CONTENT, key, PLACE);
    var elsewhere = new Place(Samples.CONVERSATION, Ids.uuid7(), Samples.ADA);
    assertThatThrownBy(() -> ContentSeal.open(sealed, key, elsewhere))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aWrappedKeyOpensForItsPersonUnderItsMasterKeyOnly() {
    var master = MasterKey.ofBase64(MasterKey.randomBase64());
    var wrapped = master.wrap(Samples.ADA, key);
    var sealed = ContentSeal.seal(CONTENT, key, PLACE);
    assertThat(ContentSeal.open(sealed, master.unwrap(Samples.ADA, wrapped), PLACE))
        .isEqualTo(CONTENT);
    assertThatThrownBy(() -> master.unwrap(Samples.BOB, wrapped))
        .isInstanceOf(IllegalArgumentException.class);
    var other = MasterKey.ofBase64(MasterKey.randomBase64());
    assertThatThrownBy(() -> other.unwrap(Samples.ADA, wrapped))
        .hasMessageContaining("was the master key changed?");
  }

  /// The way from one master key to the next: both for a while, then the next alone.
  @Test
  void aPreviousMasterKeyUnwrapsUntilAllIsWrappedAnew() {
    var old = MasterKey.randomBase64();
    var next = MasterKey.randomBase64();
    var wrapped = MasterKey.ofBase64(old).wrap(Samples.ADA, key);
    var both = MasterKey.ofBase64(next, List.of(old));
    assertThat(both.isCurrent(Samples.ADA, wrapped)).isFalse();
    var again = both.rewrap(Samples.ADA, wrapped);
    assertThat(both.isCurrent(Samples.ADA, again)).isTrue();
    var sealed = ContentSeal.seal(CONTENT, key, PLACE);
    var opener = MasterKey.ofBase64(next).unwrap(Samples.ADA, again);
    assertThat(ContentSeal.open(sealed, opener, PLACE)).isEqualTo(CONTENT);
  }

  @Test
  void aBadMasterKeyIsRefusedWithoutRepeatingIt() {
    assertThatThrownBy(() -> MasterKey.ofBase64("c2VjcmV0"))
        .hasMessageContaining("32 bytes")
        .hasMessageNotContaining("c2VjcmV0");
    assertThatThrownBy(() -> MasterKey.ofBase64("§secret§"))
        .hasMessageContaining("not base64")
        .hasMessageNotContaining("secret§");
  }

  @Test
  void aReaderTellsErasedFromNotYetKnown() {
    var sealed = ContentSeal.seal(CONTENT, key, PLACE);
    assertThat(new ContentReader(user -> new KeyLookup.Known(key)).open(sealed, PLACE))
        .isEqualTo(new Opened.Readable(CONTENT));
    assertThat(new ContentReader(user -> new KeyLookup.Erased()).open(sealed, PLACE))
        .isEqualTo(new Opened.Erased());
    assertThat(new ContentReader(user -> new KeyLookup.Unknown()).open(sealed, PLACE))
        .isEqualTo(new Opened.KeyMissing());
  }
}
