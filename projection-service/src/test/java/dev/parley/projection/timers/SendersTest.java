package dev.parley.projection.timers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.schemas.command.Command;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.command.ScheduleEnd;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.user.UserProfile;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SendersTest {

  private final UUID ann = Ids.uuid7();
  private final UUID erased = Ids.uuid7();
  private final UUID suspended = Ids.uuid7();
  private final UUID unknown = Ids.uuid7();
  private final UUID message = Ids.uuid7();
  private final Map<UUID, UserProfile> people =
      Map.of(
          ann, profile(ann, false, false),
          erased, profile(erased, true, false),
          suspended, profile(suspended, false, true));
  private final Senders senders = new Senders(people::get);

  @Test
  void whatWasScheduledByWhoIsErasedOrSuspendedIsCancelledUnderTheSameId() {
    for (var author : List.of(erased, suspended)) {
      var due = release(author);
      var given = senders.instead(due);
      assertThat(given.commandId()).isEqualTo(due.commandId());
      assertThat(given.conversation()).isEqualTo(due.conversation());
      assertThat(given.command())
          .isInstanceOfSatisfying(
              Command.EndSchedule.class,
              end -> {
                assertThat(end.message()).isEqualTo(message);
                assertThat(end.end()).isEqualTo(ScheduleEnd.CANCELLED);
              });
    }
  }

  @Test
  void everythingElseIsGivenAsItIs() {
    assertThat(senders.instead(release(ann))).isEqualTo(release(ann));
    assertThat(senders.instead(release(unknown))).isEqualTo(release(unknown));
    // What expires goes, also when its author is gone.
    var expire = Timer.expire(Ids.directConversation(ann, erased), erased, message, 1).command();
    assertThat(senders.instead(expire)).isSameAs(expire);
  }

  private CommandEnvelope release(UUID author) {
    return Timer.release(Ids.selfConversation(author), author, message, 3, 1).command();
  }

  private static UserProfile profile(UUID id, boolean gone, boolean banned) {
    return new UserProfile(id, 1, "n", "", 1, null, gone, false, banned, false, List.of());
  }
}
