package dev.parley.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.schemas.Samples;
import dev.parley.schemas.command.Command;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.ContentKey;
import dev.parley.schemas.content.ContentReader;
import dev.parley.schemas.content.KeyLookup;
import dev.parley.schemas.content.Opened;
import dev.parley.schemas.content.Place;
import dev.parley.schemas.conversation.Everyone;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.personal.Personal;
import dev.parley.schemas.personal.PersonalEntry;
import dev.parley.schemas.personal.PersonalSamples;
import org.junit.jupiter.api.Test;

class CommandSealerTest {

  private static final ContentKey KEY = ContentKey.random();
  private static final CommandSealer SEALER = new CommandSealer(_ -> new KeyLookup.Known(KEY));
  private static final ContentReader READER = new ContentReader(_ -> new KeyLookup.Known(KEY));
  private static final Command.SendMessage SEND =
      new Command.SendMessage(Samples.RICH, Samples.ROOT, null, Everyone.ALL, 60_000, null);

  @Test
  void aSealedSendKeepsAllButItsText() {
    var sealed = (Command.SendMessage) sealed(SEND);
    assertThat(sealed.withBody(Samples.RICH)).isEqualTo(SEND);
    assertThat(READER.open(sealed.body(), place(Samples.CONVERSATION)))
        .isEqualTo(new Opened.Readable(((Body.Plain) Samples.RICH).content()));
  }

  /// So the timers move it into the send as it is, without a key.
  @Test
  void aScheduledMessageIsSealedForTheConversationThatItGoesTo() {
    var schedule =
        (Command.ScheduleMessage)
            sealed(new Command.ScheduleMessage(Samples.ROOT, Samples.MESSAGE, SEND, 7));
    assertThat(READER.open(schedule.send().body(), place(Samples.ROOT)))
        .isEqualTo(new Opened.Readable(((Body.Plain) Samples.RICH).content()));
    assertThat(schedule.send().withBody(Samples.RICH)).isEqualTo(SEND);
  }

  @Test
  void noCommandLeavesWithAPlainBody() {
    for (var command : Samples.commands()) {
      assertThat(sealed(command).toString()).doesNotContain("Plain[");
    }
  }

  @Test
  void aDraftIsSealedForItsMemberAndConversation() {
    var sealed =
        SEALER.seal(PersonalSamples.entry(new Personal.Draft(Samples.PLAIN))).orElseThrow();
    var body = ((Personal.Draft) sealed.value()).body();
    assertThat(body).isInstanceOf(Body.Sealed.class);
    assertThat(PersonalJson.toJson(sealed, READER).path("text").textValue())
        .isEqualTo(((Body.Plain) Samples.PLAIN).content().text());
    assertThat(PersonalEntry.draftPlace(Samples.CONVERSATION, Samples.ADA))
        .isEqualTo(new Place(Samples.CONVERSATION, Samples.ADA, Samples.ADA));
  }

  @Test
  void whatIsHeldIsSealedForTheMessageThatItBecomes() {
    var held =
        new Personal.Held(
            Samples.MESSAGE, new Command.SendMessage(Samples.PLAIN, null, null), "words");
    var entry = SEALER.seal(PersonalSamples.entry(held)).orElseThrow();
    assertThat(entry.value())
        .isInstanceOfSatisfying(
            Personal.Held.class,
            sealed -> {
              var place = new Place(entry.conversation(), Samples.MESSAGE, entry.user());
              assertThat(sealed.send().body()).isInstanceOf(Body.Sealed.class);
              assertThat(new ContentReader(SEALER.keyring()).open(sealed.send().body(), place))
                  .isInstanceOf(Opened.Readable.class);
            });
  }

  @Test
  void whatIsNoDraftPassesAsItIs() {
    var entry = PersonalSamples.entry(new Personal.Read(12));
    assertThat(new CommandSealer(_ -> new KeyLookup.Unknown()).seal(entry)).contains(entry);
  }

  @Test
  void withoutAKeyNothingIsSealedAndNothingLeavesPlain() {
    var draft = PersonalSamples.entry(new Personal.Draft(Samples.PLAIN));
    var unknown = new CommandSealer(_ -> new KeyLookup.Unknown());
    assertThat(result(unknown)).isEqualTo(new CommandSealer.Result.KeyMissing());
    assertThat(unknown.seal(draft)).isEmpty();
    var erased = new CommandSealer(_ -> new KeyLookup.Erased());
    assertThat(result(erased))
        .isInstanceOfSatisfying(
            CommandSealer.Result.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.UNAUTHENTICATED));
    assertThat(erased.seal(draft)).isEmpty();
  }

  private static CommandSealer.Result result(CommandSealer sealer) {
    return sealer.seal(SEND, Samples.CONVERSATION, Samples.MESSAGE, Samples.ADA);
  }

  private static Command sealed(Command command) {
    var result = SEALER.seal(command, Samples.CONVERSATION, Samples.MESSAGE, Samples.ADA);
    return ((CommandSealer.Result.Sealed) result).command();
  }

  private static Place place(java.util.UUID conversation) {
    return new Place(conversation, Samples.MESSAGE, Samples.ADA);
  }
}
